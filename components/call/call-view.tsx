'use client';
// A call: stage and transcript side by side, or stacked on a phone. When it is over, the summary replaces the stage.
import { useTranslations } from 'next-intl';
import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { appConfig } from '@/app-config';
import { AfterCall } from '@/components/call/after-call';
import type { CallViewProps } from '@/components/call/call-store';
import { useDeveloperDetails } from '@/components/call/developer-details';
import type { CallSession } from '@/components/call/session/call-session';
import type { CallSnapshot } from '@/components/call/session/call-snapshot';
import { Stage } from '@/components/call/stage';
import { TranscriptPanel } from '@/components/call/transcript-panel';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { useStore } from '@/components/ui/store';
import { useVisibleHeight } from '@/components/ui/use-visible-height';
import type { JoinState } from '@/lib/call/join-state';
import { messageWaitsFor } from '@/lib/call/join-state';
import { namesText } from '@/lib/call/words';
import { isBlank } from '@/lib/core/blank';
import { PRODUCTION } from '@/lib/core/deployment';
import { TYPED_MAX } from '@/lib/livekit/attributes';
import type { Translate } from '@/lib/messages/messages';

/** Loaded when it is opened: callers never see it. */
const Console = lazy(async () => ({
  default: (await import('@/components/calls/console')).Console,
}));

interface ComposerProps {
  readonly session: CallSession;
  /** Whom the message waits for; undefined if unknown. */
  readonly person: string | undefined;
  readonly join: Pick<JoinState, 'code' | 'canSend' | 'mayNotRead'>;
}

function Composer({ session, person, join }: ComposerProps) {
  const t = useTranslations('call');
  const { canSend } = join;
  const [message, setMessage] = useState('');
  const [state, setState] = useState<'idle' | 'sending' | 'failed'>('idle');

  async function submit(event: FormEvent) {
    event.preventDefault();
    const words = message.trim();
    if (isBlank(words) || state === 'sending' || !canSend) return;
    setState('sending');
    try {
      await session.send(words);
      setMessage((now) => (now.trim() === words ? '' : now));
      setState('idle');
    } catch {
      setState('failed');
    }
  }

  const waitsFor = messageWaitsFor(join);
  const hint = () => {
    if (state === 'failed') return t('message.failed');
    if (waitsFor === 'connection') return t('message.waitForConnection');
    if (waitsFor) return t('message.waitForAgent', { person: person || t('message.anybody') });
    return join.mayNotRead && t('message.mayNotRead', { person: person || t('message.anybody') });
  };
  return (
    <form onSubmit={submit} className="border-border border-t bg-card p-3.5 sm:px-4">
      <p
        id="message-hint"
        role={state === 'failed' ? 'alert' : undefined}
        className={
          state === 'failed'
            ? 'pb-2 text-sm text-stop-ink'
            : 'pb-2 text-sm text-muted-foreground empty:hidden'
        }
      >
        {hint()}
      </p>
      <div className="flex gap-2.5">
        <Input
          id="message"
          aria-label={t('message.label')}
          aria-describedby="message-hint"
          placeholder={t('message.placeholder')}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
          maxLength={TYPED_MAX}
          autoComplete="off"
          enterKeyHint="send"
          className="flex-1 text-base"
        />
        <Button
          type="submit"
          variant="secondary"
          disabled={!canSend || isBlank(message)}
          aria-disabled={state === 'sending'}
        >
          {state === 'sending' ? t('message.sending') : t('message.send')}
        </Button>
      </div>
    </form>
  );
}

/** The title of the tab, which callers also read while waiting in another tab. */
function titleOf(call: CallSnapshot, person: string, t: Translate<'call'>): string {
  const { end, position, connectedAt } = call;
  if (end && connectedAt === undefined) return t(`ends.${end.reason}.title`, { person });
  if (end) return t('status.ended');
  return position === undefined
    ? t('title', { person })
    : t('queue.before', { ahead: position - 1 });
}

export function CallView({ session, onStart }: CallViewProps) {
  const t = useTranslations('call');
  const call = useStore(session.state);
  const person = namesText(t, call.participants.stage) || t('untitled');
  const over = call.end !== undefined;
  const heading = useRef<HTMLHeadingElement>(null);

  // The button that was pressed is gone: the focus goes to the name of what took its place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each change of view, not of the ref
  useEffect(() => heading.current?.focus({ preventScroll: true }), [over, session]);

  const title = `${titleOf(call, person, t)} · ${appConfig.productName}`;
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      // Another page may have set its own title.
      if (document.title === title) document.title = before;
    };
  }, [title]);
  useVisibleHeight();
  // For the whole call: without a fixed height, the page would grow with the transcript.
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.call = 'live';
    return () => {
      delete dataset.call;
    };
  }, []);

  const developer = useDeveloperDetails();
  const onStaging = session.deployment !== undefined && session.deployment !== PRODUCTION;
  const nothing = over && call.lines.length === 0 && call.connectedAt === undefined;
  return (
    <main
      id="main"
      className={cn(
        'grid min-h-0 flex-1 narrow:grid-cols-[minmax(0,1fr)] wide:grid-rows-[minmax(0,1fr)]',
        nothing
          ? 'wide:grid-cols-[minmax(0,1fr)]'
          : 'wide:grid-cols-[minmax(0,1fr)_min(26.25rem,47%)]',
        over
          ? cn(
              'narrow:overflow-y-auto',
              nothing
                ? 'narrow:grid-rows-[minmax(0,1fr)]'
                : 'narrow:grid-rows-[auto_minmax(15rem,1fr)]',
            )
          : 'narrow:grid-rows-[fit-content(min(75%,100%-9.75rem))_minmax(0,1fr)]',
      )}
    >
      {over ? (
        <AfterCall order={session.order} call={call} heading={heading} onStart={onStart} />
      ) : (
        <Stage session={session} call={call} heading={heading} onStart={onStart} />
      )}
      {!nothing && (
        <TranscriptPanel
          lines={call.lines}
          over={over}
          consoleView={
            developer &&
            onStaging &&
            call.id && (
              <Suspense>
                <Console call={call.id} messages={session.messages} />
              </Suspense>
            )
          }
        >
          {appConfig.features.chat && !over && (
            <Composer
              session={session}
              person={call.join.code === 'alone' ? undefined : call.agent?.person}
              join={call.join}
            />
          )}
        </TranscriptPanel>
      )}
    </main>
  );
}
