// The outcome of a call, and its response latency.
import Link from 'next/link';
import { useMessages } from '@/components/language/language';
import { cn } from '@/components/ui/cn';
import type { CallSummary, EndedBy } from '@/lib/calls/call';
import { SLOW_ANSWER_MS, spread } from '@/lib/calls/view/picture';
import { callMessages } from '@/lib/messages/call';
import { callsMessages } from '@/lib/messages/calls';
import { mainMessages } from '@/lib/messages/main';
import { privacyMessages } from '@/lib/messages/privacy';
import { OutcomeChip } from './call-chips';
import { Panel } from './panel';

/** Endings after which a link to the doctor is shown. */
const FAILED: readonly (EndedBy | undefined)[] = ['no agent', 'agent failed', 'lost'];

/** Milliseconds without an agent after which a call in progress gets a link to the doctor. Our own choice. */
const MISSED_MS = 10_000;

function mayAsk({ endedBy, endedAt, joinedAt, requestedAt }: CallSummary, now: number): boolean {
  if (FAILED.includes(endedBy)) return true;
  return endedAt === undefined && joinedAt === undefined && now - requestedAt > MISSED_MS;
}

interface OutcomeProps {
  readonly call: CallSummary;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function Outcome({ call, now }: OutcomeProps) {
  const { callText } = useMessages(callMessages);
  const { callsText } = useMessages(callsMessages);
  const { text } = useMessages(mainMessages);
  const { callerText } = useMessages(privacyMessages);
  return (
    <Panel title={callText.outcome.title} aside={<OutcomeChip call={call} />}>
      <p className="text-[15px] [overflow-wrap:anywhere]">
        {callsText.who(call)}
        <span className="block text-[14px] text-soft">
          {callText.origin[call.origin]} · {callText.room} <span className="num">{call.room}</span>
        </span>
        {call.endedBy && (
          <span className="block text-[14px] text-soft">
            {callsText.ended(call)}
            {call.endReason && `: “${call.endReason}”`}
          </span>
        )}
      </p>
      {call.callerId && (
        <Link
          href={`/callers/${encodeURIComponent(call.callerId)}`}
          className="mt-1 inline-flex min-h-11 items-center text-[14px] text-soft underline underline-offset-3 hover:text-ink"
        >
          {callerText.title}
        </Link>
      )}
      {mayAsk(call, now) && (
        <Link
          href={`/doctor?room=${encodeURIComponent(call.room)}`}
          className="mt-3 inline-flex min-h-11 items-center rounded-mid border border-line bg-raised px-4 font-semibold text-[15px] hover:bg-hover"
        >
          {text.whyNobody.link}
        </Link>
      )}
    </Panel>
  );
}

export function Answers({ call }: { readonly call: CallSummary }) {
  const { callText } = useMessages(callMessages);
  const { callsText } = useMessages(callsMessages);
  const { answers: words } = callText;
  const measured = spread(call.answerMs);
  if (!measured) {
    return (
      <Panel title={words.title}>
        <p className="text-[14px] text-soft">{words.none}</p>
      </Panel>
    );
  }
  const figures = [
    [words.median, measured.median],
    [words.slowest, measured.slowest],
  ] as const;
  return (
    <Panel title={words.title} aside={words.hint}>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {figures.map(([name, ms]) => (
          <div key={name}>
            <dt className="text-[13px] text-soft">{name}</dt>
            <dd
              className={cn(
                'display text-[26px] leading-tight',
                ms >= SLOW_ANSWER_MS && 'text-standby',
              )}
            >
              {callsText.ms(ms)}
            </dd>
          </div>
        ))}
      </dl>
      <p className="pt-1 text-[13px] text-soft">{words.of(measured.count)}</p>
    </Panel>
  );
}
