'use client';
import { useState } from 'react';
// What stands in the way during a call, each with its own words and a way on. Nothing here hangs up
// by itself.
import { useMay } from '@/components/accounts/visitor';
import { useMessages } from '@/components/language/language';
import { currentSettings } from '@/components/settings/settings-store';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useStore } from '@/components/ui/store';
import type { JoinCode } from '@/lib/call/join-state';
import type { MicProblem } from '@/lib/call/mic-problem';
import { mainMessages } from '@/lib/messages/main';
import { CallBack } from './call-back';
import type { CallSession } from './call-session';
import type { CallSnapshot } from './call-snapshot';
import { startCall } from './call-store';
import type { StageProps } from './stage';
import { WhyNoAgent } from './why-no-agent';

// The agent is not there in time: which one is waited for, and the choice to go on waiting or not.
interface LateNoticeProps {
  readonly session: CallSession;
  readonly call: CallSnapshot;
  /** Starts a new call; not set where that cannot be. */
  readonly onAgain: (() => void) | undefined;
}

function LateNotice({ session, call, onAgain }: LateNoticeProps) {
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
      <Button
        variant={call.calledBack ? 'outline' : 'secondary'}
        onClick={() => session.keepWaiting()}
      >
        {late.keep}
      </Button>
      {call.calledBack && <CallBack session={session} call={call} />}
      {onAgain && <Button onClick={onAgain}>{late.again}</Button>}
      <WhyNoAgent room={call.room} />
    </Notice>
  );
}

// No microphone: why, how to mend it, and that the call goes on in text. Put away once read.
function MicNotice({
  session,
  problem,
}: {
  readonly session: CallSession;
  readonly problem: MicProblem;
}) {
  const { text } = useMessages(mainMessages);
  const [read, setRead] = useState(false);
  if (read) return null;
  return (
    <Notice tone="standby" urgent className="mt-4 w-full" {...text.mics[problem]}>
      {problem !== 'insecure' && (
        <Button onClick={() => void session.microphone.choose(currentSettings().microphone)}>
          {text.micRetry}
        </Button>
      )}
      <Button
        onClick={() => {
          setRead(true);
          document.getElementById('message')?.focus();
        }}
      >
        {text.micText}
      </Button>
    </Notice>
  );
}

/** The agent is gone, and the line is open: it can be called back. */
const OFFER_BACK: readonly JoinCode[] = [
  'agent-left',
  'with-people',
  'gave-up',
  'agent-lost',
  'agent-removed',
  'agent-shutdown',
  'agent-error',
];

/** After these a new call is a way on. */
const OFFER_AGAIN: readonly JoinCode[] = [
  'server-lost',
  'move-failed',
  'agent-quiet',
  'gave-up',
  'nobody-came',
  'agent-lost',
  'agent-removed',
  'agent-shutdown',
  'agent-error',
];

/** Somebody should be here, and nobody is. */
const ASK_WHY: readonly JoinCode[] = ['gave-up', 'nobody-came', 'agent-lost'];

/** Amber: nothing is broken, or it may come right by itself. */
const STAND_BY: readonly JoinCode[] = [
  'slow',
  'server-lost',
  'offline',
  'replacing',
  'agent-quiet',
  'agent-left',
  'with-people',
  'alone',
];

const WIDE = 'mt-4 w-full';

export function CallNotices({ session, order, call }: Omit<StageProps, 'heading'>) {
  const { text } = useMessages(mainMessages);
  const mic = useStore(session.microphone.state);
  const { code, mismatch } = call.join;
  const person = call.agent?.person ?? '';
  const again = () => {
    session.end('you');
    void startCall(order, false, call.lines);
  };
  const late = text.late(person);
  const notice = text.notices[code]?.(person);
  // An invitation lets in once: who joined by one cannot start the call anew.
  const mayStart = order.kind === 'call';
  // Strangers have no other way to an agent that has left.
  const mayCallBack = useMay('call');
  const offersAgain = OFFER_AGAIN.includes(code) || (code === 'agent-left' && !mayCallBack);
  return (
    <>
      {mismatch && (
        <Notice
          tone="stop"
          urgent
          className={WIDE}
          {...text.mismatch(mismatch.asked, mismatch.reported)}
        >
          <Button onClick={again}>{late.again}</Button>
        </Notice>
      )}
      {notice && (
        <Notice
          key={code}
          tone={STAND_BY.includes(code) ? 'standby' : 'stop'}
          urgent
          className={WIDE}
          {...notice}
        >
          {code === 'move-failed' && (
            <Button variant="secondary" onClick={() => session.retryMove()}>
              {text.retryMove}
            </Button>
          )}
          {OFFER_BACK.includes(code) && <CallBack session={session} call={call} />}
          {mayStart && offersAgain && (
            <Button variant={code === 'nobody-came' ? 'secondary' : 'outline'} onClick={again}>
              {code === 'move-failed' ? text.newCall : late.again}
            </Button>
          )}
          {ASK_WHY.includes(code) && <WhyNoAgent room={call.room} />}
        </Notice>
      )}
      {code === 'late' && (
        <LateNotice session={session} call={call} onAgain={mayStart ? again : undefined} />
      )}
      {call.soundBlocked && (
        <Notice
          tone="standby"
          urgent
          className={WIDE}
          title={text.sound.title}
          body={text.sound.body}
        >
          <Button variant="primary" onClick={() => void session.voice.unblock()}>
            {text.sound.button}
          </Button>
        </Notice>
      )}
      {mic.problem && <MicNotice key={mic.problem} session={session} problem={mic.problem} />}
    </>
  );
}
