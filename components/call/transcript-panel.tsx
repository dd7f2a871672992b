'use client';
// The transcript beside the stage. It stays at the newest line unless the reader has scrolled away,
// and then says so.
import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTexts } from '@/components/language/language';
import type { Line } from '@/lib/call/line';
import { usualAnswer } from '@/lib/call/transcript-lines';
import { mainTexts } from '@/lib/text/main';
import { TranscriptLine } from './transcript-line';

interface TranscriptPanelProps {
  readonly lines: readonly Line[];
  readonly over: boolean;
  /** The text box. */
  readonly children: ReactNode;
}

/** Pixels from the end that still count as being at it. */
const AT_END = 48;

export function TranscriptPanel({ lines, over, children }: TranscriptPanelProps) {
  const { text } = useTexts(mainTexts);
  const log = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const answers = usualAnswer(lines);

  const toEnd = () => log.current?.scrollTo({ top: log.current.scrollHeight });

  // biome-ignore lint/correctness/useExhaustiveDependencies: at each change of the lines
  useEffect(() => {
    if (!away) toEnd();
  }, [lines, away]);

  const height = useRef(0);
  const watch = () => {
    const box = log.current;
    if (!box) return;
    // A box that changed its size scrolls by itself: that is not the reader.
    const resized = box.clientHeight !== height.current;
    height.current = box.clientHeight;
    if (resized && !away) toEnd();
    else setAway(box.scrollHeight - box.scrollTop - box.clientHeight > AT_END);
  };

  return (
    <section
      aria-labelledby="transcript"
      className="relative flex min-h-0 min-w-0 flex-col border-line bg-surface max-lg:border-t lg:border-l"
    >
      <div className="flex min-h-12 items-center justify-between gap-3 border-line border-b px-5 lg:min-h-14">
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
        {lines.length === 0 ? (
          <p className="text-[14px] text-soft">
            {over ? text.transcript.emptyAfter : text.transcript.empty}
          </p>
        ) : (
          <ol className="grid gap-4">
            {lines.map((line) => (
              <TranscriptLine key={line.key} line={line} over={over} />
            ))}
          </ol>
        )}
      </div>
      {away && (
        <button
          type="button"
          onClick={() => setAway(false)}
          className="absolute bottom-24 left-1/2 inline-flex min-h-9 -translate-x-1/2 items-center gap-1.5 rounded-full bg-ink px-3.5 font-semibold text-[13px] text-surface shadow-board"
        >
          <ArrowDown aria-hidden="true" className="size-4" />
          {text.transcript.latest}
        </button>
      )}
      {children}
    </section>
  );
}
