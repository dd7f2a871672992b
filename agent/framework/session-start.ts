// What: tells which sessions an agent's own code starts, before they start.
// Why: what happens in them is reported from their first event on, and after a handoff they start only once the other agent
// has stopped talking.
// Upstream: none reported. `JobContext` would need an event for it.
import { voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';

/**
 * @param before called with each session and the room that it is started in; the session starts once the result, if there
 *   is one, resolves
 */
export function beforeSessionStart(
  before: (session: voice.AgentSession, room: Room | undefined) => Promise<unknown> | undefined,
): void {
  const { start } = voice.AgentSession.prototype;
  voice.AgentSession.prototype.start = async function (options) {
    await before(this, options.room);
    return start.call(this, options);
  };
}
