// A call that was interrupted by a reload: a button to return while the room exists, and the transcript.
import { useEffect, useRef, useState } from 'react';
import { AfterCall } from './after-call';
import { startCall } from './call-store';
import { type Interrupted, RETURN_MS } from './interrupted';
import { TranscriptPanel } from './transcript-panel';

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

export function InterruptedView({ was }: { readonly was: Interrupted }) {
  const { order, at, call } = was;
  const isOver = useElapsed(at, RETURN_MS);
  const heading = useRef<HTMLHeadingElement>(null);
  const ended = { ...call, endedAt: at, end: { reason: 'interrupted', detail: '' } } as const;
  return (
    <main
      id="main"
      className="grid min-h-0 flex-1 narrow:grid-cols-[minmax(0,1fr)] narrow:grid-rows-[auto_minmax(15rem,1fr)] wide:grid-cols-[minmax(0,1fr)_min(26.25rem,47%)]"
    >
      <AfterCall
        order={order}
        call={ended}
        heading={heading}
        onReturn={isOver ? undefined : () => void startCall(order, false, call.lines, was)}
      />
      <TranscriptPanel lines={call.lines} over>
        {null}
      </TranscriptPanel>
    </main>
  );
}
