// The part of a web process that stores calls, as a separate process for tests that kill it. It adds events as fast as
// it can, prints the confirmed ones, and writes them to the database meanwhile.

import { addEvent } from '@/lib/calls/ingest/add-event';
import { startStoringCalls } from '@/lib/calls/ingest/store-calls';
import { server } from '@/lib/server';

const [, , prefix = 'e', count = '0'] = process.argv;

startStoringCalls(server());
for (let number = 0; number < Number(count); number += 1) {
  // Timelines sort events of one millisecond by id.
  const id = `${prefix}-${String(number).padStart(6, '0')}`;
  const call = `c-${prefix}`;
  const kept = addEvent(
    server(),
    { id, call, room: `room-of-${prefix}` },
    { kind: 'agent_state', identity: 'a', state: `state ${number}` },
  );
  if (kept) process.stdout.write(`${id}\n`);
  if (number % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}
// Continues to write until it is stopped.
setInterval(() => undefined, 1_000);
