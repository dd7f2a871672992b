// Dispatches an agent on request of a client. The response says what happened, and reports an error if no
// worker could take the job.

import type { AgentsServer } from '@/lib/agents/server';
import { agentStatus, mayBeLive } from '@/lib/agents/status';
import type { CallsServer } from '@/lib/calls/server';
import { Problem } from '@/lib/core/problem';
import type { SentAgent } from '@/lib/dispatch/answers';
import { openRoom } from '@/lib/dispatch/open-room';
import { requireLiveRoom } from '@/lib/dispatch/room-facts';
import { ensureAgent } from '@/lib/dispatch/send-agent';
import type { AgentToDispatch } from '@/lib/livekit/dispatch';

interface DispatchOptions {
  /** Dispatch even if no worker is live. */
  readonly force?: boolean | undefined;
  /** Create the room if it does not exist. */
  readonly open?: boolean;
  /** The kind of client. */
  readonly by?: 'page' | 'api';
}

/**
 * Dispatches the agent. An agent that is already in the room or on its way is not dispatched again, as LiveKit
 * would: `created` is then false, and the response has the existing dispatch.
 * @throws {Problem} 409 if no worker is live, 404 if the room does not exist and is not to be created,
 * 503 if LiveKit does not respond.
 */
export async function dispatchAgent(
  server: CallsServer,
  room: string,
  agent: AgentToDispatch,
  { force = false, open = false, by = 'api' }: DispatchOptions,
): Promise<{ readonly created: boolean; readonly answer: SentAgent }> {
  const { livekit } = server;
  if (!force) requireLiveWorker(server, agent);
  if (!open) await requireLiveRoom(livekit, room);
  const made = open ? await openRoom(server, { name: room, agents: [agent] }, by) : undefined;
  const opened = made?.dispatches[0]?.id;
  const sent = opened
    ? { dispatchId: opened, existing: false }
    : await ensureAgent(server, { ...agent, room, agent: agent.name, by });
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

/**
 * Requires a live worker for the agent's deployment, if its workers report. Uses known reports only, so it returns at once.
 * @throws {Problem} 409 with the agent's live deployments.
 */
export function requireLiveWorker(
  server: AgentsServer,
  { name, deployment }: Pick<AgentToDispatch, 'name' | 'deployment'>,
) {
  if (mayBeLive(server, name, deployment)) return;
  const { deployments = [] } = agentStatus(server, name) ?? {};
  const valid = deployments.filter((one) => one.live).map((one) => one.name);
  const found = deployments.find((one) => one.name === deployment);
  const why = found?.problem ?? 'No worker is running';
  throw new Problem(
    'no-live-worker',
    `${name} on ${deployment}: ${why}. Live: ${valid.join(', ') || 'none'}. ` +
      'Set force to dispatch it anyway.',
    { valid },
  );
}
