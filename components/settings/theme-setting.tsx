'use client';
// Light, dark, or as the system has it.
import { useTheme } from 'next-themes';
import { useTexts } from '@/components/language/language';
import { useAwake } from '@/components/ui/use-awake';
import { mainTexts } from '@/lib/text/main';
import { Choices } from './choices';

const THEMES = ['system', 'light', 'dark'] as const;

export function ThemeSetting() {
  const { settings } = useTexts(mainTexts).text;
  const { theme, setTheme } = useTheme();
  // Which one is chosen is known only in the browser.
  const awake = useAwake();
  return (
    <Choices
      name="theme"
      label={settings.theme}
      choices={THEMES.map((value) => ({ value, label: settings.themes[value] }))}
      chosen={awake ? THEMES.find((one) => one === theme) : undefined}
      onChoose={setTheme}
    />
  );
}
