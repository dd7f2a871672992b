'use client';
// What the agent does when an invited colleague joins.
import { useTexts } from '@/components/language/language';
import type { Takeover } from '@/lib/signals';
import { mainTexts } from '@/lib/text/main';
import { Choices } from './choices';
import { changeSettings, useSettings } from './settings-store';

const MODES = ['leave', 'stay'] as const satisfies readonly Takeover[];

export function TakeoverSetting() {
  const { settings } = useTexts(mainTexts).text;
  const { takeover } = useSettings();
  return (
    <Choices
      long
      name="takeover"
      label={settings.takeover}
      hint={settings.takeoverHint}
      choices={MODES.map((value) => ({ value, label: settings.takeovers[value] }))}
      chosen={takeover}
      onChoose={(value) => changeSettings({ takeover: value })}
    />
  );
}
