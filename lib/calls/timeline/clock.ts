// Clocks of those who tell: how far each is from the web's, and what time an event really has. A
// late delivery is not a wrong clock, so only what cannot be a delay counts as a difference.
import type { KeptEvent } from '../event';

/**
 * Milliseconds between telling and arrival that are taken for the way, not for a clock. Our own
 * choice: LiveKit's webhooks tell whole seconds, so up to one second is no delay at all.
 */
const DELAY_MAX_MS = 2_000;

/** By how many milliseconds each source's clock is behind the web's (negative: ahead of it). */
export type Clocks = ReadonlyMap<string, number>;

/** The differences of all sources that told one of `events`; zero where there is none to correct. */
export function clocksOf(events: readonly KeptEvent[]): Clocks {
  const least = new Map<string, number>();
  for (const { source, at, sentAt, arrivedAt } of events) {
    const difference = arrivedAt - (sentAt ?? at);
    least.set(source, Math.min(least.get(source) ?? Number.POSITIVE_INFINITY, difference));
  }
  return new Map(
    [...least].map(([source, ms]) => {
      const usual = source === 'web' || (ms >= 0 && ms <= DELAY_MAX_MS);
      return [source, usual ? 0 : ms];
    }),
  );
}

/** A time that `event` tells, on the web's clock: never after the event's arrival. */
export function corrected(
  time: number,
  event: Pick<KeptEvent, 'source' | 'arrivedAt'>,
  clocks: Clocks,
): number {
  return Math.min(time + (clocks.get(event.source) ?? 0), event.arrivedAt);
}
