// Open calls, each with the state of its agent.

import type { CallSummary, Timeline } from '@/lib/calls/call';
import { readTimeline } from '@/lib/calls/store/store';
import type { Ground } from '@/lib/cluster/ground';

/** Maximum number of calls whose agent state is looked up. Our own choice: more do not fit on a screen. */
const STATES_MAX = 24;

/** An open call. */
export interface LiveCall extends CallSummary {
  /** LiveKit's name of the latest agent's state; undefined if it is not known. */
  readonly agentState?: string;
}

/** The last reported state of the agent, unless it has left. */
export function agentStateOf({ marks }: Timeline): string | undefined {
  const last = marks
    .flatMap((mark) => (mark.kind === 'event' ? [mark.what] : []))
    .findLast(({ kind }) => ['agent_joined', 'agent_state', 'agent_left'].includes(kind));
  return last?.kind === 'agent_state' ? last.state : undefined;
}

/** Adds the agents' states to calls. @throws {Problem} 503 if the database does not answer */
export function withAgentStates(
  server: Ground,
  calls: readonly CallSummary[],
): Promise<readonly LiveCall[]> {
  return Promise.all(
    calls.map(async (call, at) => {
      const timeline = at < STATES_MAX ? await readTimeline(server, call.id) : undefined;
      const agentState = timeline && agentStateOf(timeline);
      return agentState ? { ...call, agentState } : call;
    }),
  );
}
