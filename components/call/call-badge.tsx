'use client';
// The call in the page header: the deployment that the agent reports, and the duration.
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { CallBadgeProps } from '@/components/call/call-store';
import { useDeveloperDetails } from '@/components/call/developer-details';
import { Chip } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { useStore } from '@/components/ui/store';
import { useNow } from '@/components/ui/use-browser-value';
import { clock, isoDuration } from '@/lib/core/clock';
import { PRODUCTION } from '@/lib/core/deployment';

/** The duration of the call in seconds. */
function Timer({ from }: { readonly from: number }) {
  const t = useTranslations('shell.badge');
  const now = useNow(Date.now(), 250);
  const ms = Math.max(0, now - from);
  return (
    <time
      dateTime={isoDuration(ms)}
      aria-label={t('timer')}
      role="timer"
      translate="no"
      className="num inline-flex h-7 items-center rounded-full border border-border bg-card px-2.5 font-medium text-sm"
    >
      {clock(ms)}
    </time>
  );
}

export function CallBadge({ session, awayFrom }: CallBadgeProps) {
  const t = useTranslations('shell.badge');
  const { join, reported, share, startedAt } = useStore(session.state);
  const details = useDeveloperDetails();
  return (
    <>
      {awayFrom && (
        <Link
          href={awayFrom}
          className="whitespace-nowrap rounded-full bg-foreground px-3 py-1 font-semibold text-sm text-card"
        >
          {t('backToCall')}
        </Link>
      )}
      {details && (
        <span className={cn(awayFrom !== undefined && 'max-sm:hidden')}>
          <DeploymentChip
            asked={session.deployment}
            reported={reported}
            shared={share !== undefined && share === reported}
            wrong={join.mismatch !== undefined}
          />
        </span>
      )}
      {startedAt !== undefined && <Timer from={startedAt} />}
    </>
  );
}

interface DeploymentChipProps {
  readonly asked: string | undefined;
  readonly reported: string | undefined;
  /** Whether a traffic split sent the caller there. */
  readonly shared: boolean;
  readonly wrong: boolean;
}

/** The deployment that the agent reports; until then, the requested one. */
function DeploymentChip({ asked, reported, shared, wrong }: DeploymentChipProps) {
  const t = useTranslations('shell.badge');
  const staging = (reported ?? asked ?? PRODUCTION) !== PRODUCTION;
  if (reported === undefined) {
    if (asked === undefined) return null;
    return (
      <Chip tone={staging ? 'staging' : 'off'} label={t('asked', { deployment: asked })}>
        {asked}
      </Chip>
    );
  }
  if (wrong) {
    return (
      <Chip tone="stop" label={t('wrong', { deployment: reported })}>
        {reported} ✗
      </Chip>
    );
  }
  return (
    <Chip
      tone={staging ? 'staging' : 'go'}
      label={t(shared ? 'shared' : 'confirmed', { deployment: reported })}
    >
      {reported} ✓{shared && <span className="max-sm:hidden"> · {t('split')}</span>}
    </Chip>
  );
}
