// What those see of their own calls who are not of the team: what was said, how it came out, when it was, and its
// recording. Nothing else leaves the server.
import type { CallSummary, Mark, Timeline } from '@/lib/calls/call';

/** A call in a list, without what was measured and what failed. */
export function summaryForCallers(call: CallSummary): CallSummary {
  const { version: _version, ...shown } = call;
  return {
    ...shown,
    ...{ errors: 0, answerMs: [] },
    ...{ agentTurns: undefined, interruptions: undefined },
    ...{ toolCalls: undefined, toolFailures: undefined },
  };
}

function markForCallers(mark: Mark): Mark[] {
  if (mark.kind === 'turn') return [{ ...mark, latency: {} }];
  if (mark.kind !== 'event' || mark.what.kind !== 'recording') return [];
  // Without the worker that made it, and where it is stored.
  const what = { ...mark.what, egress: undefined, location: undefined };
  return [{ ...mark, what, source: 'web' }];
}

/** A call with its transcript. */
export const timelineForCallers = ({ call, marks }: Timeline): Timeline => ({
  call: summaryForCallers(call),
  stages: [],
  marks: marks.flatMap(markForCallers),
  clocks: [],
});
