// Corrects the clocks of event sources against the web process's clock. A late delivery is not a wrong clock, so only
// a difference that cannot be a delay is corrected.
import type { KeptEvent } from '../event';

/**
 * Maximum delay in milliseconds between sending and arrival; more is a clock difference. Our own choice: LiveKit's
 * webhooks have whole seconds, so up to one second is no delay at all.
 */
const DELAY_MAX_MS = 2_000;

/** Milliseconds by which each source's clock is behind the web process's (negative: ahead of it). */
export type Clocks = ReadonlyMap<string, number>;

/** The offsets of all sources of `events`; zero if there is nothing to correct. */
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

/** A time in `event` on the web process's clock: never after the event's arrival. */
export function corrected(
  time: number,
  event: Pick<KeptEvent, 'source' | 'arrivedAt'>,
  clocks: Clocks,
): number {
  return Math.min(time + (clocks.get(event.source) ?? 0), event.arrivedAt);
}
