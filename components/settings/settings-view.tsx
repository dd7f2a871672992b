'use client';
// The settings, each effective at once.
import type { ReactNode } from 'react';
import { SettingsRows } from '@/components/accounts/settings-rows';
import { useMay } from '@/components/accounts/visitor';
import { chooseDeployment } from '@/components/call/choice';
import { useTexts } from '@/components/language/language';
import { RulesLink } from '@/components/rules/rules-link';
import type { Language } from '@/lib/language/language';
import { mainTexts } from '@/lib/text/main';
import { rulesTexts } from '@/lib/text/rules';
import { LanguageSetting } from './language-setting';
import { MicrophoneSetting } from './microphone-setting';
import { changeSettings, useSettings } from './settings-store';
import { SpeakerSetting } from './speaker-setting';
import { Switch } from './switch';
import { TakeoverSetting } from './takeover-setting';
import { ThemeSetting } from './theme-setting';

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mt-8">
      <h2 className="pb-2.5 text-[18px]">{title}</h2>
      <div className="divide-y divide-line rounded-large border border-line bg-surface">
        {children}
      </div>
    </section>
  );
}

interface SettingsViewProps {
  /** The language that was chosen here; undefined where it is the browser's. */
  readonly language: Language | undefined;
}

export function SettingsView({ language }: SettingsViewProps) {
  const { text } = useTexts(mainTexts);
  const { rulesText } = useTexts(rulesTexts);
  const settings = useSettings();
  const mayDispatch = useMay('dispatch');
  const mayWatch = useMay('watch');
  const { groups } = text.settings;
  return (
    <>
      <Group title={groups.calls}>
        {mayDispatch && (
          <Switch
            label={text.settings.staging}
            hint={text.settings.stagingHint}
            on={settings.staging}
            onChange={(staging) => {
              // What is chosen here goes before what an address asked for earlier.
              chooseDeployment(undefined);
              changeSettings({ staging });
            }}
          />
        )}
        <Switch
          label={text.settings.captions}
          hint={text.settings.captionsHint}
          on={settings.captions}
          onChange={(captions) => changeSettings({ captions })}
        />
        <TakeoverSetting />
      </Group>
      <Group title={groups.sound}>
        <MicrophoneSetting />
        <SpeakerSetting />
        <Switch
          label={text.settings.sounds}
          hint={text.settings.soundsHint}
          on={settings.sounds}
          onChange={(sounds) => changeSettings({ sounds })}
        />
      </Group>
      <Group title={groups.look}>
        <ThemeSetting />
        <LanguageSetting chosen={language} />
      </Group>
      {mayWatch && (
        <Group title={rulesText.row.group}>
          <RulesLink />
        </Group>
      )}
      <SettingsRows />
    </>
  );
}
