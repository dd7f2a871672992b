// The part of a web process that keeps calls, as a process of its own for tests that kill it: it tells
// of calls as fast as it can, says what it was told is kept, and writes it to the database meanwhile.
import { keepCalls } from '@/lib/calls/tell/keep-calls';
import { tell } from '@/lib/calls/tell/tell';

const [, , prefix = 'e', count = '0'] = process.argv;

keepCalls();
for (let number = 0; number < Number(count); number += 1) {
  // Timelines have those of one millisecond in the order of their ids.
  const id = `${prefix}-${String(number).padStart(6, '0')}`;
  const call = `c-${prefix}`;
  const kept = tell(
    { id, call, room: `room-of-${prefix}` },
    { kind: 'agent_state', identity: 'a', state: `state ${number}` },
  );
  if (kept) process.stdout.write(`${id}\n`);
  if (number % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}
// Goes on writing until it is ended.
setInterval(() => undefined, 1_000);
