// An agent is sent into a room on somebody's word: the answer says what came of it, and never that
// all is well where nobody is there to take the job.
import { shownDeployment } from '@/lib/core/deployment';
import type { LiveKit } from '@/lib/livekit/clients';
import type { CheckedAgent } from './checks';
import { ensureAgent } from './ensure-agent';
import { requireLiveWorker } from './live-worker';
import { openRoom } from './open-room';
import { requireLiveRoom } from './room-facts';

/** What is wanted beside the agent and its room. */
export interface DispatchOptions {
  /** Dispatches though no worker is live. */
  readonly force?: boolean;
  /** Makes the room where it is missing. */
  readonly open?: boolean;
  /** Who asks. */
  readonly by?: 'page' | 'api';
}

/** Makes the room with the agent in it; undefined where the room is live. */
async function openWith(livekit: LiveKit, room: string, agent: CheckedAgent, by: 'page' | 'api') {
  const opened = await openRoom(livekit, { name: room, agents: [agent] }, by);
  return opened?.dispatches[0]?.id;
}

/**
 * Sends the agent. One that is in the room already, or on its way, is not sent a second time, which
 * is what LiveKit would do: `created` is false then, and the answer has the dispatch that it came by.
 * @throws {Problem} 409 where no worker is live, 404 where the room is missing and not to be made,
 * 503 where LiveKit does not answer.
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
  const who = `${agent.name} (${shownDeployment(agent.deployment)})`;
  return {
    created: !sent.existing,
    answer: {
      success: true,
      room,
      message: sent.existing
        ? `${agent.name} is in the room already, or on its way: no second one was sent.`
        : `${who} was sent into the room.`,
      dispatch_id: sent.dispatchId,
      room_existed: !opened,
    },
  };
}
