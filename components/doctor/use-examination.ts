'use client';
// The examination as the page shows it: each finding in its place the moment it is known. What was
// found stays until it is looked at again, so that nothing on the page jumps.
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Finding, LINES_TYPE, type Planned, reportLine } from '@/lib/doctor/finding';

/** What is known of the server side. */
interface Examined {
  readonly plan: readonly Planned[];
  /** By id of the check. */
  readonly findings: ReadonlyMap<string, Finding>;
  readonly state: 'looking' | 'done' | 'failed';
}

/** Lines of an answer as they come. */
async function* linesIn(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as never).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
}

/** @param plan what will be examined, as the server listed it with the page */
export function useExamination(plan: readonly Planned[]) {
  const [known, setKnown] = useState<Examined>({ plan, findings: new Map(), state: 'looking' });
  const going = useRef<AbortController>(undefined);

  const examine = useCallback(async () => {
    going.current?.abort();
    const own = new AbortController();
    going.current = own;
    setKnown((last) => ({ ...last, findings: new Map(), state: 'looking' }));
    try {
      const answer = await fetch('/api/doctor', {
        headers: { accept: LINES_TYPE },
        signal: own.signal,
      });
      if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`);
      let ended = false;
      for await (const text of linesIn(answer.body)) {
        const line = reportLine.parse(JSON.parse(text));
        if (own.signal.aborted) return;
        if ('plan' in line) setKnown((last) => ({ ...last, plan: line.plan }));
        if ('end' in line) ended = true;
        if (!('finding' in line)) continue;
        const { finding } = line;
        setKnown((last) => ({
          ...last,
          findings: new Map(last.findings).set(finding.id, finding),
        }));
      }
      if (!ended) throw new Error('it broke off');
      setKnown((last) => ({ ...last, state: 'done' }));
    } catch {
      if (!own.signal.aborted) setKnown((last) => ({ ...last, state: 'failed' }));
    }
  }, []);

  useEffect(() => {
    void examine();
    return () => going.current?.abort();
  }, [examine]);

  return { ...known, examine };
}
