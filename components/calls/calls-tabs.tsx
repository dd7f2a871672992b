'use client';
// The lists of calls as tabs, with how many calls are live and how many callers wait.
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { loadLive, loadWaiting } from '@/components/calls/calls-client';
import { CALLS } from '@/components/calls/use-changes';
import { Tabs } from '@/components/ui/tabs';
import type { LiveCall } from '@/lib/calls/view/live-calls';
import type { WaitingCaller } from '@/lib/dispatch/queue/waiting-answer';

/** Milliseconds between two looks at the queue. Callers ask every two seconds, and no event tells that one has left. */
const QUEUE_MS = 3_000;

/** The calls in progress. */
export const useLive = (first?: readonly LiveCall[]) =>
  useQuery({ queryKey: [...CALLS, 'live'], queryFn: loadLive, initialData: first });

/** Who waits in the queue. */
export const useWaiting = (first?: readonly WaitingCaller[]) =>
  useQuery({
    queryKey: ['queue'],
    queryFn: loadWaiting,
    initialData: first,
    refetchInterval: QUEUE_MS,
  });

export function CallsTabs() {
  const t = useTranslations('calls.tabs');
  const live = useLive().data?.length;
  const waiting = useWaiting().data?.length;
  return (
    <Tabs
      label={t('label')}
      tabs={[
        { href: '/calls', label: t('past') },
        { href: '/calls/live', label: t('live'), count: live },
        { href: '/calls/waiting', label: t('waiting'), count: waiting },
      ]}
    />
  );
}
