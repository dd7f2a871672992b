'use client';
// The console of a call on staging, for developers of its agent: the events of its timeline, live, and what an agent of
// another worker sends to this page. It follows the newest event. In its own chunk.
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { loadCall } from '@/components/calls/calls-client';
import { EventList } from '@/components/calls/event-list';
import { SessionLive } from '@/components/calls/session-live';
import { useChanges } from '@/components/calls/use-changes';
import { useFailureText } from '@/components/ui/failure';
import { NewestButton, useNewest } from '@/components/ui/newest';
import { Queries } from '@/components/ui/queries';
import type { Store } from '@/components/ui/store';
import type { ReceivedMessage } from '@/lib/livekit/received-messages';

interface ConsoleProps {
  /** Id of the call. */
  readonly call: string;
  readonly messages: Store<readonly ReceivedMessage[]>;
}

export function Console({ call, messages }: ConsoleProps) {
  const t = useTranslations('callDetails');
  const { frame, away, watch, toEnd } = useNewest();
  return (
    <Queries>
      <div
        ref={frame}
        role="log"
        aria-label={t('events.title')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={watch}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-3"
      >
        <div>
          <SessionLive messages={messages} />
          <Events call={call} />
        </div>
      </div>
      {away && <NewestButton label={t('events.newest')} onClick={toEnd} />}
    </Queries>
  );
}

function Events({ call }: Pick<ConsoleProps, 'call'>) {
  const t = useTranslations('callDetails');
  const failureText = useFailureText();
  const query = useQuery({ queryKey: ['call', call], queryFn: () => loadCall(call) });
  useChanges(() => void query.refetch(), call);
  if (query.data) return <EventList timeline={query.data} everything />;
  return (
    <p role="status" className="text-sm text-muted-foreground">
      {query.error ? failureText(query.error) : t('events.waiting')}
    </p>
  );
}
