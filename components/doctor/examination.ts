// The server's checks, whose findings arrive one by one.
import { experimental_streamedQuery as streamedQuery, useQuery } from '@tanstack/react-query';
import {
  type Finding,
  NDJSON_TYPE,
  type Planned,
  type ReportLine,
  reportLine,
} from '@/lib/core/finding';

interface Examined {
  readonly plan: readonly Planned[];
  /** By id of the check. */
  readonly findings: ReadonlyMap<string, Finding>;
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

/** Starts an examination, or follows the running one. @throws if it does not end with its last line */
async function* examination(agent: string | undefined, signal: AbortSignal) {
  const query = agent === undefined ? '' : `?${new URLSearchParams({ agent })}`;
  const headers = { accept: NDJSON_TYPE };
  const answer = await fetch(`/api/doctor${query}`, { headers, signal });
  if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`);
  for await (const text of linesIn(answer.body)) {
    const line = reportLine.parse(JSON.parse(text));
    yield line;
    if ('end' in line) return;
  }
  throw new Error('it broke off');
}

function withLine(last: Examined, line: ReportLine): Examined {
  if ('plan' in line) return { ...last, plan: line.plan };
  if ('end' in line) return last;
  return { ...last, findings: new Map(last.findings).set(line.finding.id, line.finding) };
}

/**
 * The running checks of the server. Each finding appears when it is known.
 * @param plan the checks that the server will run
 * @param isBegun false until they start
 * @param agent the agent of test calls, instead of all checks
 */
export function useExamination(plan: readonly Planned[], isBegun: boolean, agent?: string) {
  const none: Examined = { plan, findings: new Map() };
  const { data, isFetching, isError, refetch } = useQuery({
    queryKey: ['examination', agent],
    queryFn: streamedQuery<ReportLine, Examined>({
      streamFn: ({ signal }) => examination(agent, signal),
      reducer: withLine,
      initialValue: none,
    }),
    enabled: isBegun,
    // It makes test calls, so only a person starts it again.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const state = isError ? 'failed' : isBegun && !isFetching ? 'done' : 'looking';
  return { ...(data ?? none), state, examine: () => void refetch() } as const;
}
