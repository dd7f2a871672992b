// When this process looks at Letta next for what is to be deleted there.

import { processSingleton } from '@/lib/core/process-singleton';

/** Milliseconds between two looks, and until one that is due sooner. Our own choice. */
const EVERY_MS = 60 * 60_000;
const SOON_MS = 60_000;

const next = processSingleton('letta-next-look', () => ({ at: Number.NEGATIVE_INFINITY }));

/** Whether a look is due; it is then taken, and the next is in an hour. @param now milliseconds since 1970 */
export function takeLook(now: number): boolean {
  if (now < next().at) return false;
  next().at = now + EVERY_MS;
  return true;
}

/** Much is left to do: the next look is at once. */
export function lookAgainNow(): void {
  next().at = Number.NEGATIVE_INFINITY;
}

/** Something is left to do that Letta did not do: the next look is in a minute. */
export function lookAgainSoon(now = Date.now()): void {
  next().at = now + SOON_MS;
}
