// A process that adds events to a queue as fast as it can and prints the confirmed ones, for tests that kill it. Started
// by `runFile`.
import { EventWriter, makeEvent } from '@/lib/calls/delivery/event-writer';

const [folder = '', owner = ''] = process.argv.slice(2);
const writer = new EventWriter(folder, owner);
for (let count = 0; ; count += 1) {
  const id = `${owner}-${count}`;
  const event = makeEvent({ id, room: 'r', source: 'web' }, { kind: 'token_minted', ms: count });
  if (event && writer.add(event)) process.stdout.write(`${id}\n`);
  // Lets the output be flushed.
  if (count % 50 === 0) await new Promise(setImmediate);
}
