// A process that writes calls and prints which events were confirmed, for tests that kill it or its database. It writes
// one event at a time to the store and retries refused ones.

import { storeEvents } from '@/lib/calls/store/store';
import { server } from '@/lib/server';

const [, , prefix = 'e'] = process.argv;

for (let number = 0; ; number += 1) {
  const event = {
    id: `${prefix}-${number}`,
    call: `call-${prefix}-${Math.floor(number / 20)}`,
    room: `room-of-${prefix}`,
    source: 'web',
    at: Date.now(),
    what: { kind: 'agent_state', identity: 'a-1', state: 'listening' },
  } as const;
  for (;;) {
    try {
      await storeEvents(server(), [event]);
      break;
    } catch (error) {
      process.stderr.write(`${error}\n`);
    }
  }
  process.stdout.write(`${event.id}\n`);
}
