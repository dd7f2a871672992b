// The calls that are on now, each with what its agent last said it does.
import type { CallSummary, Timeline } from '../call';
import { readTimeline } from '../store/store';

/** Calls whose agent's state is looked up. Our own choice: more do not fit a screen. */
const STATES_MAX = 24;

/** A call that is on. */
export interface LiveCall extends CallSummary {
  /** LiveKit's word for what the agent with the latest word does; undefined where none is known. */
  readonly agentState?: string;
}

/** What the agent does that was heard of last, unless it has left. */
export function agentStateOf({ marks }: Timeline): string | undefined {
  for (const mark of marks.toReversed()) {
    if (mark.kind !== 'event') continue;
    if (mark.what.kind === 'agent_left') return undefined;
    if (mark.what.kind === 'agent_state') return mark.what.state;
    if (mark.what.kind === 'agent_joined') return undefined;
  }
  return undefined;
}

/** The calls with what their agents do. @throws {Problem} 503 where the database does not answer */
export function withAgentStates(calls: readonly CallSummary[]): Promise<readonly LiveCall[]> {
  return Promise.all(
    calls.map(async (call, at) => {
      const timeline = at < STATES_MAX ? await readTimeline(call.id) : undefined;
      const agentState = timeline && agentStateOf(timeline);
      return agentState ? { ...call, agentState } : call;
    }),
  );
}
