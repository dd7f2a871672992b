'use client';
// Notices about problems before a call starts.
import { useTranslations } from 'next-intl';
import { type Light, useAgents } from '@/components/agents/agents-store';
import { type CallState, leaveCall } from '@/components/call/call-store';
import { startCall } from '@/components/call/start-call';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { speaksEnglishOnly } from '@/lib/core/speech-languages';

/** A call in another tab, and code that could not be loaded. */
export function CallNotice({ call }: { readonly call: CallState }) {
  const t = useTranslations('start');
  const tShell = useTranslations('shell');
  if (call.phase === 'failed') {
    const bodies = {
      'not-loaded': t('failed'),
      'page-error': tShell('pageError'),
      unsupported: t('unsupported'),
    };
    return <Notice tone="stop" body={bodies[call.why]} urgent />;
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
  if (call.phase === 'elsewhere' || call.phase === 'failed') return <CallNotice call={call} />;
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
