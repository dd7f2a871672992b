'use client';
import { type Light, useAgents } from '@/components/agents/agents-store';
import { type CallState, leaveCall } from '@/components/call/call-store';
import { startCall } from '@/components/call/start-call';
// Notices about problems before a call starts.
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { speaksEnglishOnly } from '@/lib/core/speech-languages';
import { mainMessages } from '@/lib/messages/main';

/** A call in another tab, and code that could not be loaded. */
export function CallNotice({ call }: { readonly call: CallState }) {
  const { text } = useMessages(mainMessages);
  if (call.phase === 'failed') {
    const bodies = {
      'not-loaded': text.start.failed,
      'page-error': text.pageError,
      unsupported: text.start.unsupported,
    };
    return <Notice tone="stop" body={bodies[call.why]} urgent />;
  }
  if (call.phase !== 'elsewhere') return null;
  return (
    <Notice tone="standby" title={text.elsewhere.title} body={text.elsewhere.body} urgent>
      <Button variant="secondary" onClick={() => void startCall(call.order, { take: true })}>
        {text.elsewhere.here}
      </Button>
      <Button onClick={leaveCall}>{text.elsewhere.cancel}</Button>
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
  const { text } = useMessages(mainMessages);
  const { call, light, person, deployment, unknownAgent, unknownDeployment } = props;
  if (call.phase === 'elsewhere' || call.phase === 'failed') return <CallNotice call={call} />;
  if (unknownAgent !== undefined) {
    return <Notice tone="standby" body={text.start.unknownAgent(unknownAgent)} />;
  }
  if (unknownDeployment !== undefined) {
    return <Notice tone="standby" body={text.start.unknownDeployment(unknownDeployment, person)} />;
  }
  if (light === 'off') {
    return <Notice tone="standby" body={text.start.nobody(person, deployment)} />;
  }
  if (light === 'unknown') return <Notice tone="stop" body={text.start.unreachable} />;
  return null;
}

interface SpokenLanguageProps {
  /** Agent name. */
  readonly agent: string;
  readonly deployment: string;
}

/** On pages in other languages: the chosen agent speaks English only. */
export function SpokenLanguage({ agent, deployment }: SpokenLanguageProps) {
  const { spoken } = useMessages(mainMessages).languageText;
  const runs = useAgents()
    .agents.find(({ name }) => name === agent)
    ?.deployments.find(({ name }) => name === deployment)?.runs;
  return (
    spoken &&
    runs?.some(speaksEnglishOnly) && (
      <p className="mt-1 text-[14px] text-muted-foreground">{spoken}</p>
    )
  );
}
