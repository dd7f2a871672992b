'use client';
// The transcript next to the stage. It follows the newest line unless the reader has scrolled up, and then offers to
// return.
import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useMessages } from '@/components/language/language';
import type { Line } from '@/lib/call/line';
import { usualAnswer } from '@/lib/call/transcript-lines';
import { isAway } from '@/lib/call/transcript-scroll';
import { mainMessages } from '@/lib/messages/main';
import { useDeveloperDetails } from './developer-details';
import { TranscriptLine } from './transcript-line';

interface TranscriptPanelProps {
  readonly lines: readonly Line[];
  readonly over: boolean;
  /** The text box. */
  readonly children: ReactNode;
}

export function TranscriptPanel({ lines, over, children }: TranscriptPanelProps) {
  const { text } = useMessages(mainMessages);
  const log = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const details = useDeveloperDetails();
  const answers = details ? usualAnswer(lines) : undefined;

  // A ref, because a new line may arrive in the same frame in which the reader scrolls.
  const reader = useRef({ isAway: false, top: 0 });
  const watch = () => {
    const box = log.current;
    if (!box) return;
    reader.current = {
      isAway: isAway(reader.current.isAway, reader.current.top, box),
      top: box.scrollTop,
    };
    setAway(reader.current.isAway);
  };
  const follow = useEffectEvent(() => {
    watch();
    if (!reader.current.isAway) log.current?.scrollTo({ top: log.current.scrollHeight });
  });
  const toEnd = () => {
    reader.current.isAway = false;
    log.current?.scrollTo({ top: log.current.scrollHeight });
    watch();
  };

  // On each new line, and when the box is resized.
  useEffect(() => {
    const box = log.current;
    if (!box) return;
    const sizes = new ResizeObserver(() => follow());
    for (const one of [box, ...box.children]) sizes.observe(one);
    return () => sizes.disconnect();
  }, []);

  // Sending a message scrolls to the end.
  const sent = lines.findLast(
    (line) => line.kind === 'speech' && line.typed && line.voice.side === 'you',
  )?.key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each message
  useEffect(() => toEnd(), [sent]);

  return (
    <section
      aria-labelledby="transcript"
      className="relative flex min-h-0 min-w-0 flex-col border-line bg-surface narrow:border-t wide:border-l"
    >
      <div className="flex min-h-12 flex-none items-center justify-between gap-3 border-line border-b px-5 lg:min-h-14">
        <h2 id="transcript" className="font-sans font-semibold text-[15px] tracking-normal">
          {text.transcript.title}
        </h2>
        {answers !== undefined && (
          <span className="num text-[13px] text-soft">{text.transcript.answersIn(answers)}</span>
        )}
      </div>
      <div
        ref={log}
        role="log"
        aria-label={text.transcript.title}
        aria-relevant="additions"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={watch}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4"
      >
        {lines.length === 0 && (
          <p className="text-[14px] text-soft">
            {over ? text.transcript.emptyAfter : text.transcript.empty}
          </p>
        )}
        <ol className="grid gap-4">
          {lines.map((line) => (
            <TranscriptLine key={line.key} line={line} over={over} details={details} />
          ))}
        </ol>
      </div>
      {away && (
        <button
          type="button"
          onClick={toEnd}
          className="m-1.5 inline-flex min-h-9 flex-none items-center gap-1.5 self-center rounded-full bg-ink px-3.5 font-semibold text-[13px] text-surface shadow-board"
        >
          <ArrowDown aria-hidden="true" className="size-4" />
          {text.transcript.latest}
        </button>
      )}
      {children}
    </section>
  );
}
