'use client';
// Notices about problems before a call starts.
import { useTranslations } from 'next-intl';
import { type Light, useAgents } from '@/components/agents/agents-store';
import { type CallState, leaveCall } from '@/components/call/call-store';
import { startCall } from '@/components/call/start-call';
import { canCall } from '@/components/ui/browser';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useBrowserValue } from '@/components/ui/use-browser-value';
import { speaksEnglishOnly } from '@/lib/core/speech-languages';

/** This browser cannot make calls. */
function UnsupportedNotice() {
  const t = useTranslations('start.unsupported');
  return <Notice tone="stop" title={t('title')} body={t('body')} urgent />;
}

/** A call in another tab, and code that could not be loaded. */
export function CallNotice({ call }: { readonly call: CallState }) {
  const t = useTranslations('start');
  const tShell = useTranslations('shell');
  if (call.phase === 'failed') {
    if (call.why === 'unsupported') return <UnsupportedNotice />;
    const body = call.why === 'not-loaded' ? t('failed') : tShell('pageError');
    return <Notice tone="stop" body={body} urgent />;
  }
  if (call.phase !== 'elsewhere') return null;
  return (
    <Notice tone="standby" title={t('elsewhere.title')} body={t('elsewhere.body')} urgent>
      <Button variant="secondary" onClick={() => void startCall(call.order, { take: true })}>
        {t('elsewhere.here')}
      </Button>
      <Button onClick={leaveCall}>{t('elsewhere.cancel')}</Button>
    </Notice>
  );
}

interface StartNoticeProps {
  readonly call: CallState;
  readonly light: Light;
  readonly person: string;
  readonly deployment: string;
  readonly unknownAgent?: string | undefined;
  readonly unknownDeployment?: string | undefined;
}

export function StartNotice(props: StartNoticeProps) {
  const t = useTranslations('start');
  const { state } = useAgents();
  const { call, light, person, deployment, unknownAgent, unknownDeployment } = props;
  const isSupported = useBrowserValue(canCall, true);
  if (call.phase === 'elsewhere' || call.phase === 'failed') return <CallNotice call={call} />;
  if (!isSupported) return <UnsupportedNotice />;
  if (unknownAgent !== undefined) {
    return <Notice tone="standby" body={t('unknownAgent', { name: unknownAgent })} />;
  }
  if (unknownDeployment !== undefined) {
    return (
      <Notice tone="standby" body={t('unknownDeployment', { name: unknownDeployment, person })} />
    );
  }
  if (light === 'off') {
    return <Notice tone="standby" body={t('nobody', { person, deployment })} />;
  }
  if (light === 'unknown') {
    return <Notice tone="stop" body={t(state === 'silent' ? 'silent' : 'unreachable')} />;
  }
  return null;
}

interface SpokenLanguageProps {
  /** Agent name. */
  readonly agent: string;
  readonly deployment: string;
}

/** On pages in other languages: the chosen agent speaks English only. */
export function SpokenLanguage({ agent, deployment }: SpokenLanguageProps) {
  const spoken = useTranslations('language')('spoken');
  const runs = useAgents()
    .agents.find(({ name }) => name === agent)
    ?.deployments.find(({ name }) => name === deployment)?.runs;
  return (
    spoken &&
    runs?.some(speaksEnglishOnly) && <p className="mt-1 text-sm text-muted-foreground">{spoken}</p>
  );
}
