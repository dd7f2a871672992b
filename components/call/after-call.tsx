'use client';
// The page after a call: how it ended, how long it lasted, the transcript to copy or download, and a button to call
// again.
import { Copy, Download, Phone } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode, RefObject } from 'react';
import { appConfig } from '@/app-config';
import { useEmbedded, useGuest, usePermission } from '@/components/accounts/visitor';
import { WhyNoAgent } from '@/components/call/call-notices';
import { leaveCall, type StartCall } from '@/components/call/call-store';
import { useDeveloperDetails } from '@/components/call/developer-details';
import type { CallEnd } from '@/components/call/session/call-snapshot';
import type { EndedCall } from '@/components/call/session/interrupted';
import type { Order } from '@/components/call/session/order';
import { useCatalogue } from '@/components/language/catalogue';
import { Button, buttonVariants } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { useCopy } from '@/components/ui/use-copy';
import type { PageEnd } from '@/lib/call/page-end';
import { agentsIn, outcomeIn } from '@/lib/call/summary';
import { transcriptText } from '@/lib/call/transcript-text';
import { namesText } from '@/lib/call/words';
import { clock } from '@/lib/core/clock';
import type { OutcomeTone } from '@/lib/core/outcome';
import { outcomes } from '@/lib/core/outcome';
import { pathSegment } from '@/lib/core/path-segment';

function save(name: string, words: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([words], { type: 'text/plain;charset=utf-8' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

interface KeepTranscriptProps {
  /** Base name of the file. */
  readonly name: string;
  /** Returns the transcript as text. */
  readonly transcript: () => string;
}

/** Copy and download buttons for the transcript of a finished call. */
function KeepTranscript({ name, transcript }: KeepTranscriptProps) {
  const t = useTranslations('call');
  const { copied, copy } = useCopy();
  const today = () => new Date().toISOString().slice(0, 10);
  return (
    <>
      <Button onClick={() => void copy(transcript())}>
        <Copy aria-hidden="true" className="size-4" />
        {copied === 'yes' ? t('after.copied') : t('after.copy')}
      </Button>
      <Button onClick={() => save(`callboard-${name}-${today()}.txt`, transcript())}>
        <Download aria-hidden="true" className="size-4" />
        {t('after.download')}
      </Button>
      <span role="alert" className="text-sm text-stop-ink empty:hidden">
        {copied === 'failed' && t('after.copyFailed')}
      </span>
    </>
  );
}

/** With these reasons the caller never joined, so the invitation may still be valid. */
const NOT_JOINED: readonly PageEnd[] = ['refused', 'unreachable', 'no-network', 'page-error'];

interface NextStepsProps {
  readonly order: Order;
  readonly reason: PageEnd;
  readonly onStart: StartCall;
}

function NextSteps({ order, reason, onStart }: NextStepsProps) {
  const t = useTranslations('call');
  const embedded = useEmbedded();
  if (order.kind === 'call') {
    return (
      <>
        <Button variant="primary" size="lg" onClick={() => void onStart(order)}>
          <Phone aria-hidden="true" className="size-4.5 fill-current stroke-none" />
          {t('after.again', { person: order.agent.person })}
        </Button>
        {!embedded && (
          <Button className="min-h-12" onClick={leaveCall}>
            {t('after.other')}
          </Button>
        )}
      </>
    );
  }
  return (
    <>
      {NOT_JOINED.includes(reason) && (
        <Button variant="secondary" size="lg" onClick={leaveCall}>
          {t('after.toInvitation')}
        </Button>
      )}
      <Link href="/" onClick={leaveCall} className={buttonVariants()}>
        {t('after.toStart')}
      </Link>
    </>
  );
}

/** Beside the outcome. */
const BORDERS: Readonly<Record<OutcomeTone, string>> = {
  good: 'border-go',
  neutral: 'border-border',
  bad: 'border-stop-ink',
};

interface AfterCallProps {
  readonly order: Order;
  readonly call: EndedCall;
  readonly onStart: StartCall;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  /** What can be done with a call that is still open; undefined if it is over. */
  readonly open?: ReactNode;
}

export function AfterCall({ order, call, heading, onStart, open }: AfterCallProps) {
  const t = useTranslations('call');
  const locale = useLocale();
  const tLimits = useTranslations('limits');
  const { outcomeDetails, outcomeLabel, reported } = useCatalogue();
  const { agent, connectedAt, startedAt, endedAt, lines } = call;
  const person = agent?.person || t('people.agent');
  const end: CallEnd = call.end ?? { reason: 'left' };
  const ending =
    order.kind === 'join' && end.reason === 'left'
      ? 'after.guestLeft'
      : (`ends.${end.reason}` as const);
  const why = end.limit
    ? tLimits(end.limit.kind, { minutes: end.limit.minutes })
    : end.detail || t(`${ending}.body`, { person });
  const lengthMs = startedAt === undefined ? undefined : (endedAt ?? startedAt) - startedAt;
  const deployment = call.reported ?? (order.kind === 'call' ? order.deployment : undefined);
  const about = [agent?.agent, deployment].filter(Boolean).join(', ');
  const transcript = () =>
    transcriptText(lines, {
      title: `${appConfig.productName}: ${agent ? `${person} (${about})` : namesText(t, call.participants.stage)}`,
      at: new Date(startedAt ?? Date.now()),
      lengthMs: lengthMs ?? 0,
      end: why,
      t,
      locale,
      translate: reported,
    });

  const embedded = useEmbedded();
  const details = useDeveloperDetails();
  const guest = useGuest();
  const mayOpen = usePermission('history') && !guest && !embedded;
  const noAgentJoined =
    !embedded && order.kind === 'call' && connectedAt !== undefined && !call.agentCame;
  const first = order.kind === 'call' ? order.agent.person : agent?.person;
  const outcome = outcomeIn(lines);
  const facts = [
    [
      t('after.agent'),
      agentsIn(first, lines)
        .map((name) => name || t('people.agent'))
        .join(' → ') || undefined,
    ],
    [t('after.deployment'), details ? deployment : undefined],
    [t('after.lasted'), lengthMs === undefined ? undefined : clock(lengthMs)],
  ].filter(([, value]) => value !== undefined);
  return (
    <section
      aria-labelledby="over"
      className="dark flex min-w-0 flex-col bg-stage px-5 py-8 text-foreground wide:min-h-0 wide:overflow-y-auto lg:px-14"
    >
      <div className="m-auto w-full max-w-[34rem] animate-arrive">
        {/* A call that never was has not ended: the heading says why. */}
        {connectedAt !== undefined && (
          <p role="status" className="text-base text-muted-foreground">
            {open ? t('interrupted.stillOpen') : t('status.ended')}
          </p>
        )}
        <h1
          id="over"
          ref={heading}
          tabIndex={-1}
          className="mt-1 text-balance text-2xl leading-tight lg:text-[46px]"
        >
          {t(`${ending}.title`, { person })}
        </h1>
        <p className="mt-2 text-base text-muted-foreground [overflow-wrap:anywhere]">{why}</p>
        {facts.length > 0 && (
          <dl className="mt-6 flex flex-wrap gap-x-10 gap-y-3 border-border border-y py-4">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt className="text-sm text-muted-foreground">{name}</dt>
                <dd className="text-lg tabular-nums">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {outcome && (
          <p
            className={cn(
              'mt-4 border-l-4 pl-3 text-base [overflow-wrap:anywhere]',
              BORDERS[outcomes.get(outcome.outcome)?.tone ?? 'neutral'],
            )}
          >
            <span className="block font-semibold first-letter:uppercase">
              {outcomeLabel(outcome.outcome)}
            </span>
            <span className="block text-muted-foreground empty:hidden">
              {outcomeDetails(outcome)}
            </span>
          </p>
        )}
        <div className="mt-6 flex flex-wrap gap-2.5">
          {open ?? <NextSteps order={order} reason={end.reason} onStart={onStart} />}
        </div>
        {noAgentJoined && (
          <p className="mt-3">
            <WhyNoAgent room={call.room} />
          </p>
        )}
        <div className="mt-2.5 flex flex-wrap items-center gap-2.5">
          {lines.length > 0 && (
            <KeepTranscript name={agent?.agent ?? t('after.joined')} transcript={transcript} />
          )}
          {mayOpen && call.id !== undefined && (
            <Link href={`/calls/${pathSegment(call.id)}`} className={buttonVariants()}>
              {t('after.page')}
            </Link>
          )}
        </div>
      </div>
    </section>
  );
}
