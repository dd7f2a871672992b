// The set-up of a call as a waterfall: from the click to the agent's first sound, each stage from
// where the one before it was done.
import type { Stage } from '../call';
import type { Placed } from './order';

/** Each stage in its order, and the event with which it is done. */
const DONE_WITH = [
  ['token', 'token_minted'],
  ['room', 'room_started'],
  ['dispatch', 'dispatched'],
  ['job', 'job_assigned'],
  ['join', 'agent_joined'],
  ['first audio', 'first_audio'],
] as const;

/**
 * The stages that are done, in milliseconds from the request. One begins where the latest of those
 * before it was done: a dispatch that came with the token is done before the room is there.
 */
export function stagesOf(placed: readonly Placed[], requestedAt: number): Stage[] {
  const stages: Stage[] = [];
  for (const [name, kind] of DONE_WITH) {
    const done = placed.find(({ event, at }) => event.what.kind === kind && at >= requestedAt);
    if (!done) continue;
    const to = done.at - requestedAt;
    const before = stages.map((stage) => stage.to).filter((at) => at <= to);
    const { what } = done.event;
    const from =
      what.kind === 'token_minted' ? Math.max(0, to - Math.round(what.ms)) : Math.max(0, ...before);
    stages.push({ name, from, to });
  }
  return stages;
}
