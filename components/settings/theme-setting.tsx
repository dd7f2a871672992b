'use client';
// Light, dark, or as the system has it.
import { useTheme } from 'next-themes';
import { useTexts } from '@/components/language/language';
import { cn } from '@/components/ui/cn';
import { useAwake } from '@/components/ui/use-awake';
import { mainTexts } from '@/lib/text/main';

const THEMES = ['system', 'light', 'dark'] as const;

export function ThemeSetting() {
  const { text } = useTexts(mainTexts);
  const { theme, setTheme } = useTheme();
  // Which one is chosen is known only in the browser.
  const awake = useAwake();
  return (
    <fieldset className="p-4 sm:px-5">
      <legend className="float-left pr-5 font-semibold text-[16px] leading-11">
        {text.settings.theme}
      </legend>
      <div className="ml-auto flex w-fit rounded-mid border border-line bg-bg p-1">
        {THEMES.map((name) => (
          <label
            key={name}
            className={cn(
              'relative rounded-small px-3.5 py-1.5 font-medium text-[15px] has-focus-visible:outline-2 has-focus-visible:outline-ink',
              awake && theme === name
                ? 'bg-raised text-ink shadow-sm ring-1 ring-line'
                : 'text-soft',
            )}
          >
            <input
              type="radio"
              name="theme"
              value={name}
              checked={awake && theme === name}
              onChange={() => setTheme(name)}
              className="absolute inset-0 size-full opacity-0"
            />
            {text.settings.themes[name]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
