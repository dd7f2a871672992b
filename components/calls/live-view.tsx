'use client';
// Calls in progress, to listen to and to end.
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { useLive } from '@/components/calls/calls-tabs';
import { LiveRow } from '@/components/calls/live-row';
import { useCallsChanges } from '@/components/calls/use-changes';
import { useFailureText } from '@/components/ui/failure';
import { Notice } from '@/components/ui/notice';
import type { LiveCall } from '@/lib/calls/view/live-calls';

interface LiveViewProps {
  /** Undefined if the database does not respond, which the page learns from the route. */
  readonly first: readonly LiveCall[] | undefined;
  /** Whether people in a call see that somebody listens. */
  readonly listenersShown: boolean;
}

export function LiveView({ first, listenersShown }: LiveViewProps) {
  const t = useTranslations('calls');
  const listen = useTranslations('listen');
  const failureText = useFailureText();
  const { data: live, error } = useLive(first);
  const hint = useId();
  useCallsChanges();
  return (
    <>
      {error && (
        <Notice
          tone="stop"
          urgent
          title={t('away.title')}
          body={failureText(error)}
          className="max-w-none"
        />
      )}
      <div className="rounded-lg border border-border bg-card">
        {!live?.length ? (
          <p className="flex min-h-[4.25rem] items-center px-4 text-base text-muted-foreground sm:px-5">
            {live ? t('live.none') : t('live.unknown')}
          </p>
        ) : (
          <ul aria-label={t('live.title')} className="divide-y divide-border">
            {live.map((call) => (
              <LiveRow key={call.id} call={call} listenHint={hint} />
            ))}
          </ul>
        )}
      </div>
      {live && live.length > 0 && (
        <p id={hint} className="pt-2.5 text-sm text-muted-foreground">
          {listen('hintFor', { action: listen('start'), shown: String(listenersShown) })}
        </p>
      )}
    </>
  );
}
