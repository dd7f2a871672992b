// When this process looks at Letta next for what is to be deleted there.

/** Milliseconds between two looks, and until one that is due sooner. Our own choice. */
const EVERY_MS = 60 * 60_000;
const SOON_MS = 60_000;

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardLettaNextLook?: number };

/** Whether a look is due; it is then taken, and the next is in an hour. @param now milliseconds since 1970 */
export function takeLook(now: number): boolean {
  if (now < (shared.callboardLettaNextLook ?? Number.NEGATIVE_INFINITY)) return false;
  shared.callboardLettaNextLook = now + EVERY_MS;
  return true;
}

/** Much is left to do: the next look is at once. */
export function lookAgainNow(): void {
  shared.callboardLettaNextLook = undefined;
}

/** Something is left to do that Letta did not do: the next look is in a minute. */
export function lookAgainSoon(now = Date.now()): void {
  shared.callboardLettaNextLook = now + SOON_MS;
}
