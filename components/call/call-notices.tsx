'use client';
// Notices about problems during a call, each with the actions that can help. None of them ends the call.
import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { appConfig } from '@/app-config';
import { useFeature, usePermission } from '@/components/accounts/visitor';
import type { CallProps, StartCall } from '@/components/call/call-store';
import type { CallSession } from '@/components/call/session/call-session';
import { currentSettings } from '@/components/settings/settings-store';
import { Button } from '@/components/ui/button';
import { useFailureText } from '@/components/ui/failure';
import { Notice } from '@/components/ui/notice';
import { useStore } from '@/components/ui/store';
import type { JoinCode } from '@/lib/call/join-state';
import type { MicProblem } from '@/lib/call/mic-problem';

const WIDE = 'mt-4 w-full';

export function WhyNoAgent({ room }: { readonly room: string }) {
  const t = useTranslations('whyNobody');
  const mayAsk = usePermission('doctor');
  if (!useFeature('doctor') || !mayAsk) return null;
  return (
    <a
      href={`/doctor?room=${encodeURIComponent(room)}`}
      target="_blank"
      rel="noreferrer"
      className="inline-flex min-h-11 items-center gap-2 rounded-sm px-1 font-semibold text-base text-foreground underline underline-offset-3"
    >
      {t('link')}
      <ExternalLink aria-hidden="true" className="size-4 flex-none" />
      <span className="sr-only">({t('newTab')})</span>
    </a>
  );
}

function CallBack({ session, call: { agent, callingBack } }: CallProps) {
  const t = useTranslations('call');
  const failureText = useFailureText();
  // The server cannot tell whether a room belongs to an anonymous visitor, so they can only start a new call.
  const mayCall = usePermission('call');
  if (agent?.deployment === undefined || !mayCall) return null;
  const person = agent.person || t('people.agent');
  const asking = callingBack === 'asking';
  return (
    <>
      <Button variant="secondary" aria-disabled={asking} onClick={() => void session.callBack()}>
        {asking ? t('callBack.asking', { person }) : t('callBack.button', { person })}
      </Button>
      {typeof callingBack === 'object' && (
        <p role="alert" className="w-full text-stop-ink">
          {t('callBack.failed', { person })} {failureText(callingBack.failed)}
        </p>
      )}
    </>
  );
}

/** What the caller can do about an agent that does not answer. */
function Unanswered({ session, call: { anotherAgent } }: CallProps) {
  const t = useTranslations('call');
  const failureText = useFailureText();
  const keep = <Button onClick={() => session.keepWaiting()}>{t('late.keep')}</Button>;
  if (anotherAgent === 'no' || anotherAgent === 'too-often') return keep;
  const asking = anotherAgent === 'asking';
  return (
    <>
      <Button
        variant="secondary"
        aria-disabled={asking}
        onClick={() => void session.replaceAgent()}
      >
        {asking ? t('unanswered.asking') : t('unanswered.another')}
      </Button>
      {keep}
      {typeof anotherAgent === 'object' && (
        <p role="alert" className="w-full text-stop-ink">
          {t('unanswered.failed')} {failureText(anotherAgent.failed)}
        </p>
      )}
    </>
  );
}

interface LateNoticeProps extends CallProps {
  /** Starts a new call; undefined if that is not possible. */
  readonly onAgain: (() => void) | undefined;
}

/** Shown when the agent is late: who is expected, and a choice between waiting and trying again. */
function LateNotice({ session, call, onAgain }: LateNoticeProps) {
  const t = useTranslations('call');
  const { agent } = call;
  const person = agent?.person || t('people.agent');
  return (
    <Notice
      tone="standby"
      urgent
      className="mt-4 w-full"
      title={t('late.title', { person })}
      body={
        agent && (
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3">
            <dt>{t('late.agent')}</dt>
            <dd className="num truncate text-foreground">{agent.agent}</dd>
            {agent.deployment && (
              <>
                <dt>{t('late.deployment')}</dt>
                <dd className="num truncate text-foreground">{agent.deployment}</dd>
              </>
            )}
          </dl>
        )
      }
    >
      <Button
        variant={call.calledBack ? 'outline' : 'secondary'}
        onClick={() => session.keepWaiting()}
      >
        {t('late.keep')}
      </Button>
      {call.calledBack && <CallBack session={session} call={call} />}
      {onAgain && <Button onClick={onAgain}>{t('late.again')}</Button>}
      <WhyNoAgent room={call.room} />
    </Notice>
  );
}

/** Trying again would change nothing. */
const FINAL: readonly MicProblem[] = ['insecure', 'withheld', 'unsupported'];

/** Shown without a microphone: why, what to do, and that the call continues as text. Can be dismissed. */
function MicNotice({
  session,
  problem,
}: {
  readonly session: CallSession;
  readonly problem: MicProblem;
}) {
  const t = useTranslations('call');
  const mics = useTranslations('mics');
  const [read, setRead] = useState(false);
  if (read) return null;
  return (
    <Notice
      tone="standby"
      urgent
      className={WIDE}
      title={mics(`${problem}.title`)}
      body={[mics(`${problem}.body`), appConfig.features.chat && mics('type')]
        .filter(Boolean)
        .join(' ')}
    >
      {!FINAL.includes(problem) && (
        <Button onClick={() => void session.microphone.choose(currentSettings().microphone)}>
          {t('micRetry')}
        </Button>
      )}
      {appConfig.features.chat && (
        <Button
          onClick={() => {
            setRead(true);
            document.getElementById('message')?.focus();
          }}
        >
          {t('micText')}
        </Button>
      )}
    </Notice>
  );
}

/** The agent is gone and the call is open, so the agent can be called back. */
const OFFER_BACK: readonly JoinCode[] = [
  'agent-left',
  'with-people',
  'gave-up',
  'agent-lost',
  'agent-removed',
  'agent-shutdown',
  'agent-error',
];

/** States in which a new call can help. */
const OFFER_AGAIN: readonly JoinCode[] = [
  'server-lost',
  'move-failed',
  'unanswered',
  'agent-quiet',
  'gave-up',
  'nobody-came',
  'agent-lost',
  'agent-removed',
  'agent-shutdown',
  'agent-error',
];

/** States in which an agent should be in the call and none is. */
const ASK_WHY: readonly JoinCode[] = ['gave-up', 'nobody-came', 'agent-lost'];

/** States with a notice. In amber ones nothing is broken, or it may recover. */
const TONES = {
  slow: 'standby',
  'server-lost': 'standby',
  offline: 'standby',
  replacing: 'standby',
  unanswered: 'standby',
  'agent-quiet': 'standby',
  'agent-left': 'standby',
  'with-people': 'standby',
  alone: 'standby',
  'move-failed': 'stop',
  'gave-up': 'stop',
  'nobody-came': 'stop',
  'agent-lost': 'stop',
  'agent-removed': 'stop',
  'agent-shutdown': 'stop',
  'agent-error': 'stop',
} as const satisfies Partial<Record<JoinCode, 'standby' | 'stop'>>;
const isNoticed = (code: JoinCode): code is keyof typeof TONES => code in TONES;

interface CallNoticesProps extends CallProps {
  readonly onStart: StartCall;
}

export function CallNotices({ session, call, onStart }: CallNoticesProps) {
  const t = useTranslations('call');
  const mic = useStore(session.microphone.state);
  const soundBlocked = useStore(session.voice.blocked);
  const { order } = session;
  const { code, mismatch } = call.join;
  const { agent, anotherAgent } = call;
  const about = {
    person: agent?.person || t('people.agent'),
    known: String(agent !== undefined),
  };
  const again = () => {
    session.end('left');
    void onStart(order, { earlier: call.lines });
  };
  // An invitation works once, so a colleague cannot start the call again.
  const mayStart = order.kind === 'call';
  // Anonymous visitors may not call the agent back, see `CallBack`.
  const mayCallBack = usePermission('call');
  const offersAgain = OFFER_AGAIN.includes(code) || (code === 'agent-left' && !mayCallBack);
  return (
    <>
      {mismatch && (
        <Notice
          tone="stop"
          urgent
          className={WIDE}
          title={t('mismatch.title')}
          body={t('mismatch.body', mismatch)}
        >
          <Button onClick={again}>{t('late.again')}</Button>
        </Notice>
      )}
      {isNoticed(code) && (
        <Notice
          key={code}
          tone={TONES[code]}
          urgent
          className={WIDE}
          title={t(`notices.${code}.title`, about)}
          body={
            code === 'unanswered' && anotherAgent === 'too-often'
              ? t('unanswered.tooOften', about)
              : t(`notices.${code}.body`, about)
          }
        >
          {code === 'unanswered' && <Unanswered session={session} call={call} />}
          {code === 'move-failed' && (
            <Button variant="secondary" onClick={() => session.retryMove()}>
              {t('retryMove')}
            </Button>
          )}
          {OFFER_BACK.includes(code) && <CallBack session={session} call={call} />}
          {mayStart && offersAgain && (
            <Button variant={code === 'nobody-came' ? 'secondary' : 'outline'} onClick={again}>
              {code === 'move-failed' || code === 'unanswered' ? t('newCall') : t('late.again')}
            </Button>
          )}
          {ASK_WHY.includes(code) && <WhyNoAgent room={call.room} />}
        </Notice>
      )}
      {code === 'late' && (
        <LateNotice session={session} call={call} onAgain={mayStart ? again : undefined} />
      )}
      {soundBlocked && (
        <Notice
          tone="standby"
          urgent
          className={WIDE}
          title={t('sound.title')}
          body={t('sound.body')}
        >
          <Button variant="primary" onClick={() => void session.voice.unblock()}>
            {t('sound.button')}
          </Button>
        </Notice>
      )}
      {mic.problem && <MicNotice key={mic.problem} session={session} problem={mic.problem} />}
    </>
  );
}
