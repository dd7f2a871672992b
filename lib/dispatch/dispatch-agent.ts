// Dispatches an agent on request of a client. The response says what happened, and reports an error if no
// worker could take the job.
import type { LiveKit } from '@/lib/livekit/clients';
import type { CheckedAgent } from './checks';
import { ensureAgent } from './ensure-agent';
import { requireLiveWorker } from './live-worker';
import { openRoom } from './open-room';
import { requireLiveRoom } from './room-facts';

/** Options of a dispatch. */
export interface DispatchOptions {
  /** Dispatch even if no worker is live. */
  readonly force?: boolean;
  /** Create the room if it does not exist. */
  readonly open?: boolean;
  /** The kind of client. */
  readonly by?: 'page' | 'api';
}

/** Creates the room with the agent; undefined if the room is already live. */
async function openWith(livekit: LiveKit, room: string, agent: CheckedAgent, by: 'page' | 'api') {
  const opened = await openRoom(livekit, { name: room, agents: [agent] }, by);
  return opened?.dispatches[0]?.id;
}

/**
 * Dispatches the agent. An agent that is already in the room or on its way is not dispatched again, as LiveKit
 * would: `created` is then false, and the response has the existing dispatch.
 * @throws {Problem} 409 if no worker is live, 404 if the room does not exist and is not to be created,
 * 503 if LiveKit does not respond.
 */
export async function dispatchAgent(
  livekit: LiveKit,
  room: string,
  agent: CheckedAgent,
  { force = false, open = false, by = 'api' }: DispatchOptions,
) {
  if (!force) requireLiveWorker(agent);
  if (!open) await requireLiveRoom(livekit, room);
  const opened = open ? await openWith(livekit, room, agent, by) : undefined;
  const sent = opened
    ? { dispatchId: opened, existing: false }
    : await ensureAgent(livekit, { ...agent, room, agent: agent.name, by });
  const who = `${agent.name} (${agent.deployment})`;
  return {
    created: !sent.existing,
    answer: {
      success: true,
      room,
      message: sent.existing
        ? `${agent.name} is already in the room or on its way. No second agent was dispatched.`
        : `${who} was dispatched to the room.`,
      dispatch_id: sent.dispatchId,
      room_existed: !opened,
    },
  };
}
