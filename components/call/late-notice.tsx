'use client';
// The agent is not there in time: which one is waited for, and the choice to go on waiting or not.
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { mainMessages } from '@/lib/messages/main';
import { CallBack } from './call-back';
import type { CallSession } from './call-session';
import type { CallSnapshot } from './call-snapshot';
import { WhyNobody } from './why-nobody';

interface LateNoticeProps {
  readonly session: CallSession;
  readonly call: CallSnapshot;
  /** Starts a new call; not set where that cannot be. */
  readonly onAgain: (() => void) | undefined;
}

export function LateNotice({ session, call, onAgain }: LateNoticeProps) {
  const { text } = useMessages(mainMessages);
  const { agent } = call;
  const late = text.late(agent?.person ?? text.people.agent);
  return (
    <Notice
      tone="standby"
      urgent
      className="mt-4 w-full"
      title={late.title}
      body={
        agent && (
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3">
            <dt>{late.agent}</dt>
            <dd className="num truncate text-ink">{agent.agent}</dd>
            <dt>{late.deployment}</dt>
            <dd className="num truncate text-ink">{agent.deployment}</dd>
          </dl>
        )
      }
    >
      <Button look={call.calledBack ? 'plain' : 'ink'} onClick={() => session.keepWaiting()}>
        {late.keep}
      </Button>
      {call.calledBack && <CallBack session={session} call={call} />}
      {onAgain && <Button onClick={onAgain}>{late.again}</Button>}
      <WhyNobody room={call.room} />
    </Notice>
  );
}
