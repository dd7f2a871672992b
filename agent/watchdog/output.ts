// Output that blocks: a frame is given to LiveKit, and never taken.
import { Patience } from '@/agent/core/patience';

/** Milliseconds until a frame is taken. The queue has one second, so it takes up to that. */
const BLOCKED_MS = 3_000;

/** @returns a function to call with each frame that is given away, as the promise that it is taken */
export function watchOutput(blocked: (ms: number) => void): (taken: Promise<unknown>) => void {
  let given = 0;
  const patience = new Patience(BLOCKED_MS, blocked);
  const settled = () => {
    given -= 1;
    if (given === 0) patience.end();
    else patience.wait();
  };
  return (taken) => {
    given += 1;
    if (!patience.isWaiting) patience.wait();
    taken.then(settled, settled);
  };
}
