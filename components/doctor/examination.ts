// The server's checks, whose findings arrive one by one.
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Finding, NDJSON_TYPE, type Planned, reportLine } from '@/lib/core/finding';

/** The state of the server's checks. */
interface Examined {
  readonly plan: readonly Planned[];
  /** By id of the check. */
  readonly findings: ReadonlyMap<string, Finding>;
  readonly state: 'looking' | 'done' | 'failed';
}

/** The lines of a streamed response. */
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

/**
 * The running checks of the server. Each finding appears when it is known.
 * @param plan the checks that the server will run
 * @param isBegun false until they start
 * @param agent the agent of test calls, instead of all checks
 */
export function useExamination(plan: readonly Planned[], isBegun: boolean, agent?: string) {
  const [known, setKnown] = useState<Examined>({ plan, findings: new Map(), state: 'looking' });
  const going = useRef<AbortController>(undefined);

  const examine = useCallback(async () => {
    going.current?.abort();
    const own = new AbortController();
    going.current = own;
    setKnown((last) => ({ ...last, findings: new Map(), state: 'looking' }));
    try {
      const query = agent === undefined ? '' : `?${new URLSearchParams({ agent })}`;
      const answer = await fetch(`/api/doctor${query}`, {
        headers: { accept: NDJSON_TYPE },
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
  }, [agent]);

  useEffect(() => {
    if (isBegun) void examine();
    return () => going.current?.abort();
  }, [examine, isBegun]);

  return { ...known, examine };
}
