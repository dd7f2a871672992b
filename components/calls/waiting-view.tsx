'use client';
// Who waits in the queue: for which agent, at which position, and since when.
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useDisplayName } from '@/components/agents/agent-list';
import { Tag } from '@/components/calls/call-chips';
import { useWaiting } from '@/components/calls/calls-tabs';
import { Elapsed } from '@/components/calls/elapsed';
import { useCallsChanges } from '@/components/calls/use-changes';
import { Chip } from '@/components/ui/chip';
import { useFailureText } from '@/components/ui/failure';
import { Notice } from '@/components/ui/notice';
import { PRODUCTION } from '@/lib/core/deployment';
import { pathSegment } from '@/lib/core/path-segment';
import type { WaitingCaller } from '@/lib/dispatch/queue/waiting-answer';

/** @param first undefined if the database does not respond, which the page learns from the route */
export function WaitingView({ first }: { readonly first: readonly WaitingCaller[] | undefined }) {
  const t = useTranslations('calls.queue');
  const failureText = useFailureText();
  const { data: waiting, error } = useWaiting(first);
  // The tabs count live calls.
  useCallsChanges();
  return (
    <>
      {error && (
        <Notice
          tone="stop"
          urgent
          title={t('failed')}
          body={failureText(error)}
          className="max-w-none"
        />
      )}
      <div className="rounded-lg border border-border bg-card">
        {!waiting?.length ? (
          <div className="px-4 py-5 text-base text-muted-foreground sm:px-5">
            {waiting ? (
              <>
                <p className="font-semibold text-foreground">{t('none')}</p>
                <p className="mt-1">{t('noneBody')}</p>
              </>
            ) : (
              !error && <p>{t('unknown')}</p>
            )}
          </div>
        ) : (
          <ul aria-label={t('list')} className="divide-y divide-border">
            {waiting.map((one) => (
              <WaitingRow
                key={JSON.stringify([one.agent_name, one.deployment, one.since, one.call])}
                waiting={one}
              />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

function WaitingRow({ waiting }: { readonly waiting: WaitingCaller }) {
  const t = useTranslations('calls');
  const nameOf = useDisplayName();
  const { agent_name: agent, deployment, position, since, caller, call } = waiting;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <p className="min-w-[12rem] flex-1 [overflow-wrap:anywhere]">
        <span className="font-semibold text-base">{caller ?? t('who.caller')}</span>{' '}
        <span className="text-muted-foreground text-sm">
          {t('queue.for', { agent: nameOf(agent) })}
        </span>
      </p>
      <span className="flex flex-wrap items-center gap-1.5">
        <Tag tone={deployment === PRODUCTION ? 'plain' : 'staging'}>{deployment}</Tag>
        <Chip tone="standby">{t('queue.position', { position })}</Chip>
        <Elapsed from={since} label={t('queue.since')} />
      </span>
      {call && (
        <Link
          href={`/calls/${pathSegment(call)}`}
          className="inline-flex min-h-11 items-center rounded-sm px-1 text-base underline underline-offset-3"
        >
          {t('queue.open')}
        </Link>
      )}
    </li>
  );
}
