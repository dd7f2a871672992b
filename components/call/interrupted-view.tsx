'use client';
// A call that was interrupted by a reload of its page: offers to return to it while LiveKit keeps it, and shows what is left of
// it. Loaded where there is one.
import { Phone, PhoneOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { AfterCall } from '@/components/call/after-call';
import type { InterruptedViewProps } from '@/components/call/call-store';
import { endInterrupted, interruptedCall, RETURN_MS } from '@/components/call/session/interrupted';
import { TranscriptPanel } from '@/components/call/transcript-panel';
import { Button } from '@/components/ui/button';

// Loaded together: it says whether there is one.
export { interruptedCall };

/** Whether `ms` milliseconds have passed since `at`. */
function useElapsed(at: number, ms: number): boolean {
  const left = () => Math.max(0, at + ms - Date.now());
  const [over, setOver] = useState(() => left() === 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), left());
    return () => clearTimeout(timer);
  }, []);
  return over;
}

/** Returns to an interrupted call, or ends it. */
function OpenCall({
  was,
  onStart,
  onEnded,
}: InterruptedViewProps & { readonly onEnded: () => void }) {
  const t = useTranslations('call');
  const [ending, setEnding] = useState<'no' | 'asking' | 'failed'>('no');
  const end = () => {
    if (ending === 'asking') return;
    setEnding('asking');
    endInterrupted(was).then(onEnded, () => setEnding('failed'));
  };
  return (
    <>
      <Button
        variant="primary"
        size="lg"
        onClick={() => void onStart(was.order, { earlier: was.call.lines, back: was })}
      >
        <Phone aria-hidden="true" className="size-4.5 fill-current stroke-none" />
        {t('interrupted.back')}
      </Button>
      <Button variant="destructive" size="lg" aria-disabled={ending === 'asking'} onClick={end}>
        <PhoneOff aria-hidden="true" className="size-4.5" />
        {was.order.kind === 'call' ? t('end') : t('leave')}
      </Button>
      <p role="alert" className="w-full text-sm text-stop-ink empty:hidden">
        {ending === 'failed' && t('interrupted.notEnded')}
      </p>
    </>
  );
}

export function InterruptedView({ was, onStart }: InterruptedViewProps) {
  const { order, at, call } = was;
  const isGone = useElapsed(at, RETURN_MS);
  const [endedAt, setEndedAt] = useState<number>();
  const isOver = isGone || endedAt !== undefined;
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone.
  useEffect(() => {
    if (endedAt !== undefined) heading.current?.focus({ preventScroll: true });
  }, [endedAt]);
  const reason = endedAt === undefined ? 'interrupted' : 'left';
  const ended = { ...call, endedAt: endedAt ?? at, end: { reason } } as const;
  return (
    <main
      id="main"
      className="grid min-h-0 flex-1 narrow:grid-cols-[minmax(0,1fr)] narrow:grid-rows-[auto_minmax(15rem,1fr)] wide:grid-cols-[minmax(0,1fr)_min(26.25rem,47%)]"
    >
      <AfterCall
        order={order}
        call={ended}
        heading={heading}
        onStart={onStart}
        open={
          isOver ? undefined : (
            <OpenCall was={was} onStart={onStart} onEnded={() => setEndedAt(Date.now())} />
          )
        }
      />
      <TranscriptPanel lines={call.lines} over>
        {null}
      </TranscriptPanel>
    </main>
  );
}
