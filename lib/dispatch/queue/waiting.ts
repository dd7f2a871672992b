// Who waits in the queues, with the calls of those who wait in their room.
import { callerName } from '@/lib/calls/call';
import { listCalls } from '@/lib/calls/store/store';
import { queuedCallers } from '@/lib/dispatch/queue/queues';
import type { WaitingCaller } from '@/lib/dispatch/queue/waiting-answer';
import type { DispatchServer } from '@/lib/dispatch/server';

/** Most open calls among which those of waiting callers are looked for. */
const CALLS_MAX = 100;

/**
 * All who wait now, the longest wait first.
 * @throws {Problem} 503 if the database does not respond
 */
export async function waitingCallers(server: DispatchServer): Promise<readonly WaitingCaller[]> {
  const queued = await queuedCallers(server);
  if (queued.length === 0) return [];
  const { calls } = await listCalls(server, { live: true, limit: CALLS_MAX });
  const byRoom = new Map(calls.map((call) => [call.room, call]));
  return queued.map(({ agent, deployment, position, since, room, caller }) => {
    const call = byRoom.get(room);
    return {
      ...{ agent_name: agent, deployment, position, since },
      caller: caller ?? (call && callerName(call)),
      call: call?.id,
    };
  });
}
