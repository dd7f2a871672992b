// Who waits, as any web process lists it: the queue is shared, and those who wait in their room are found by their call.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { storeEvents } from '@/lib/calls/store/write-events';
import { deleteOldState } from '@/lib/cluster/shared-state';
import { POSITION_EXPIRES_MS } from '@/lib/dispatch/queue/queue';
import { TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { queueRoom, waitInQueue } from '@/lib/dispatch/queue/queues';
import { waitingCallers } from '@/lib/dispatch/queue/waiting';
import { recordReports } from '@/lib/livekit/workers';
import type { Server } from '@/lib/server';
import { sampleCall } from '@/lib/testing/calls';
import { databases } from '@/lib/testing/databases';
import { testServer } from '@/lib/testing/server';

const OF = { agent: 'line-check', deployment: 'staging' };
const LISTED = { agent_name: OF.agent, deployment: OF.deployment, since: expect.any(Number) };

/** Its worker has no free place. */
const busy = (server: Server) =>
  recordReports(server, [
    { worker: 'w', ...OF, version: '1', activeJobs: 2, maxJobs: 2, state: 'live' },
  ]);

describe.each(databases)('on %s', (_, open) => {
  it('lists callers of all web processes, in order, for as long as they ask', async () => {
    const place = await open();
    const servers = [testServer(place.env), testServer(place.env)] as const;
    // On PGlite there is one web process.
    const [first, second] = place.env.DATABASE_URL ? servers : [servers[0], servers[0]];
    try {
      // Both have their connections then: a busy machine would take too long for them while a caller waits.
      for (const server of [first, second]) expect(await waitingCallers(server)).toEqual([]);
      for (const server of servers) busy(server);
      const ticket = randomUUID();
      const asking = new Request('http://localhost', { headers: { [TICKET_HEADER]: ticket } });
      await waitInQueue(first, asking, { ...OF, room: 'call-1', caller: 'Ann' }, ticket);
      // This one has joined, and waits in the room.
      await storeEvents(first, sampleCall(7, Date.now(), { ending: 'on' }));
      await queueRoom(second, { ...OF, room: 'room-7' });
      const expected = [
        { ...LISTED, position: 1, caller: 'Ann', call: undefined },
        { ...LISTED, position: 2, caller: expect.any(String), call: 'sample-7' },
      ];
      expect(await waitingCallers(first)).toEqual(expected);
      expect(await waitingCallers(second)).toEqual(expected);
      // Nobody asks for a long time: their names are not kept.
      await deleteOldState(first, Date.now() + 10 * POSITION_EXPIRES_MS);
      expect(await waitingCallers(second)).toEqual([]);
    } finally {
      for (const server of servers) await server.stop();
      await place.remove();
    }
  });
});
