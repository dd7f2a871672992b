'use client';
// The settings. Each takes effect immediately.
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { appConfig } from '@/app-config';
import { usePermission } from '@/components/accounts/visitor';
import { chooseStaging } from '@/components/settings/choice';
import { MicrophoneSetting, SpeakerSetting } from '@/components/settings/device-settings';
import { changeSettings, useSettings } from '@/components/settings/settings-store';
import { chooseTheme, useTheme } from '@/components/settings/theme';
import { keepCookie } from '@/components/ui/browser';
import { cn } from '@/components/ui/cn';
import { SwitchRow } from '@/components/ui/switch-row';
import { useHydrated } from '@/components/ui/use-browser-value';
import { TALKS } from '@/lib/call/settings';
import { LANGUAGE_COOKIE, LANGUAGES, type Language } from '@/lib/core/language';
import { THEMES } from '@/lib/core/theme';
import type { Takeover } from '@/lib/livekit/attributes';

interface ChoicesProps<T extends string> {
  /** Name of the radio buttons, and prefix of their ids. */
  readonly name: string;
  readonly label: string;
  /** Shown below the label. Without it, label and choices are in one row. */
  readonly hint?: string;
  readonly choices: readonly {
    readonly value: T;
    readonly label: string;
    readonly lang?: string;
  }[];
  /** Undefined until it is known. */
  readonly chosen: T | undefined;
  readonly onChoose: (value: T) => void;
  /** Whether the labels are so long that they stack on small screens. */
  readonly long?: boolean;
}

function Choices<T extends string>(props: ChoicesProps<T>) {
  const { name, label, hint, choices, chosen, onChoose, long = false } = props;
  const hintId = `${name}-hint`;
  return (
    <fieldset aria-describedby={hint && hintId} className="p-4 sm:px-5">
      <legend
        className={cn('float-left font-semibold text-base', hint ? 'w-full' : 'pr-5 leading-11')}
      >
        {label}
      </legend>
      {hint && (
        <p id={hintId} className="text-sm text-muted-foreground">
          {hint}
        </p>
      )}
      <div
        className={cn(
          'flex flex-wrap rounded-md border border-border bg-background p-1',
          hint ? 'mt-3' : 'ml-auto',
          long ? 'gap-1 sm:w-fit' : 'w-fit',
        )}
      >
        {choices.map((one) => (
          <label
            key={one.value}
            lang={one.lang}
            className={cn(
              'relative rounded-sm px-3.5 py-1.5 font-medium text-base has-focus-visible:outline-2 has-focus-visible:outline-foreground',
              long && 'max-sm:w-full',
              chosen === one.value
                ? 'bg-popover text-foreground shadow-sm ring-1 ring-border'
                : 'text-muted-foreground',
            )}
          >
            <input
              type="radio"
              name={name}
              value={one.value}
              checked={chosen === one.value}
              onChange={() => onChoose(one.value)}
              className="absolute inset-0 size-full opacity-0"
            />
            {one.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Each language in its own name. */
const OWN_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };
/** Maximum lifetime of a cookie in seconds (RFC 6265bis: 400 days). */
const KEPT_S = 400 * 24 * 60 * 60;

function keep(language: Language | undefined): void {
  keepCookie(LANGUAGE_COOKIE, language ?? '', language ? KEPT_S : 0);
}

/**
 * The language of the pages: the browser's, or a fixed one in a cookie, because pages are rendered on the server.
 * @param chosen undefined if it is the browser's
 */
function LanguageSetting({ chosen: first }: { readonly chosen: Language | undefined }) {
  const t = useTranslations('language');
  const [chosen, setChosen] = useState(first);
  const router = useRouter();
  const choose = (language: Language | undefined) => {
    setChosen(language);
    keep(language);
    // Refreshed instead of reloaded, so that a call continues.
    router.refresh();
  };
  const choices = LANGUAGES.map((value) => ({ value, label: OWN_NAMES[value], lang: value }));
  return (
    <Choices<Language | ''>
      name="language"
      label={t('label')}
      hint={t('hint')}
      choices={[{ value: '', label: t('own') }, ...choices]}
      chosen={chosen ?? ''}
      onChoose={(value) => choose(value || undefined)}
    />
  );
}

function ThemeSetting() {
  const t = useTranslations('settings');
  const theme = useTheme();
  // Only the browser knows the current theme.
  const awake = useHydrated();
  return (
    <Choices
      name="theme"
      label={t('theme')}
      choices={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
      chosen={awake ? theme : undefined}
      onChoose={chooseTheme}
    />
  );
}

const MODES = ['leave', 'stay'] as const satisfies readonly Takeover[];

/** What the agent does when an invited colleague joins. */
function TakeoverSetting() {
  const t = useTranslations('settings');
  const { takeover } = useSettings();
  return (
    <Choices
      long
      name="takeover"
      label={t('takeover')}
      hint={t('takeoverHint')}
      choices={MODES.map((value) => ({ value, label: t(`takeovers.${value}`) }))}
      chosen={takeover}
      onChoose={(value) => changeSettings({ takeover: value })}
    />
  );
}

/** How the person talks: text only needs the chat. */
function TalkSetting() {
  const t = useTranslations('settings');
  const { talk } = useSettings();
  const choices = TALKS.filter((value) => value !== 'text' || appConfig.features.chat);
  return (
    <Choices
      long
      name="talk"
      label={t('talk')}
      hint={t('talkHint')}
      choices={choices.map((value) => ({ value, label: t(`talks.${value}`) }))}
      chosen={talk}
      onChoose={(value) => changeSettings({ talk: value })}
    />
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mt-8">
      <h2 className="pb-2.5 text-lg">{title}</h2>
      <div className="divide-y divide-border rounded-lg border border-border bg-card">
        {children}
      </div>
    </section>
  );
}

interface SettingsViewProps {
  /** The selected language; undefined if it is the browser's. */
  readonly language: Language | undefined;
}

export function SettingsView({ language }: SettingsViewProps) {
  const t = useTranslations('settings');
  const settings = useSettings();
  const mayDispatch = usePermission('dispatch');
  const mayWatch = usePermission('watch');
  const toggle = (name: 'captions' | 'developer' | 'sounds') => (
    <SwitchRow
      label={t(name)}
      hint={t(`${name}Hint`)}
      on={settings[name]}
      onChange={(on) => changeSettings({ [name]: on })}
    />
  );
  return (
    <>
      <Group title={t('groups.calls')}>
        {mayDispatch && (
          <SwitchRow
            label={t('staging')}
            hint={t('stagingHint')}
            on={settings.staging}
            onChange={chooseStaging}
          />
        )}
        {appConfig.features.captions && toggle('captions')}
        {mayWatch && toggle('developer')}
        {appConfig.features.invitations && <TakeoverSetting />}
      </Group>
      <Group title={t('groups.sound')}>
        <TalkSetting />
        <MicrophoneSetting />
        <SpeakerSetting />
        {toggle('sounds')}
      </Group>
      <Group title={t('groups.look')}>
        <ThemeSetting />
        <LanguageSetting chosen={language} />
      </Group>
    </>
  );
}
