'use client';
// Rehearsals that go on: how far they are, what is said in each call, and the button that stops them.
import Link from 'next/link';
import { useState } from 'react';
import { asProblem } from '@/components/calls/calls-client';
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import type { KeptRun, LiveSession } from '@/lib/rehearsals/store/rehearsals';
import { rehearsalsTexts } from '@/lib/text/rehearsals';
import { stopRehearsals } from './rehearsals-client';
import { StateChip } from './state-chip';
import { Talk } from './talk';

interface LiveProps {
  readonly session: LiveSession;
  /** The newest first. */
  readonly runs: readonly KeptRun[];
  readonly onChange: () => void;
}

export function Live({ session, runs, onChange }: LiveProps) {
  const { rehearsalsText } = useTexts(rehearsalsTexts);
  const words = rehearsalsText.live;
  const [problem, setProblem] = useState<string>();
  const done = runs.filter(({ state }) => state !== 'running').length;
  const stop = async () => {
    if (session.stopping) return;
    try {
      await stopRehearsals(session.id);
    } catch (error) {
      const { message, status } = asProblem(error);
      // Over already: what was wanted.
      if (status !== 404) setProblem(message);
    }
    onChange();
  };
  return (
    <section aria-labelledby="live" className="mt-7">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 id="live" className="text-[20px]">
            {words.title}
          </h2>
          <p role="status" className="num text-[15px] text-soft">
            {words.done(done, session.runs)}
          </p>
        </div>
        <Button look="stop" aria-disabled={session.stopping} onClick={stop}>
          {session.stopping ? words.stopping : words.stop}
        </Button>
      </div>
      <progress
        aria-labelledby="live"
        max={session.runs}
        value={done}
        className="mt-3 block h-2 w-full overflow-hidden rounded-full accent-go"
      />
      {problem && (
        <p role="alert" className="mt-3 text-[14px] text-stop-ink">
          {problem}
        </p>
      )}
      <ul
        aria-labelledby="live"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        className="mt-4 max-h-[32rem] min-h-48 divide-y divide-line overflow-y-auto rounded-large border border-line bg-surface"
      >
        {runs.map((run) => (
          <li key={run.id} className="px-4 py-3 sm:px-5">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 flex-1 font-semibold text-[15px]">{run.title}</span>
              {run.call && (
                <Link
                  href={`/calls/${encodeURIComponent(run.call)}`}
                  className="inline-flex min-h-9 items-center font-medium text-[14px] text-soft underline underline-offset-3 hover:text-ink"
                >
                  {rehearsalsText.detail.call}
                  <span className="sr-only">: {run.title}</span>
                </Link>
              )}
              <StateChip state={run.state} />
            </div>
            {run.state === 'running' &&
              (run.lines.length > 0 ? (
                <Talk run={run} />
              ) : (
                <p className="text-[14px] text-soft">{words.waiting}</p>
              ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
