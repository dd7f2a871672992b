'use client';
// What the agent does when an invited colleague joins.
import { useTexts } from '@/components/language/language';
import { cn } from '@/components/ui/cn';
import type { Takeover } from '@/lib/signals';
import { mainTexts } from '@/lib/text/main';
import { changeSettings, useSettings } from './settings-store';

const MODES = ['leave', 'stay'] as const satisfies readonly Takeover[];

export function TakeoverSetting() {
  const { text } = useTexts(mainTexts);
  const { takeover } = useSettings();
  return (
    <fieldset aria-describedby="takeover-hint" className="p-4 sm:px-5">
      <legend className="float-left w-full font-semibold text-[16px]">
        {text.settings.takeover}
      </legend>
      <p id="takeover-hint" className="text-[14px] text-soft">
        {text.settings.takeoverHint}
      </p>
      <div className="mt-3 flex flex-wrap gap-1 rounded-mid border border-line bg-bg p-1 sm:w-fit">
        {MODES.map((mode) => (
          <label
            key={mode}
            className={cn(
              'relative rounded-small px-3.5 py-1.5 font-medium text-[15px] has-focus-visible:outline-2 has-focus-visible:outline-ink max-sm:w-full',
              takeover === mode ? 'bg-raised text-ink shadow-sm ring-1 ring-line' : 'text-soft',
            )}
          >
            <input
              type="radio"
              name="takeover"
              value={mode}
              checked={takeover === mode}
              onChange={() => changeSettings({ takeover: mode })}
              className="absolute inset-0 size-full opacity-0"
            />
            {text.settings.takeovers[mode]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
