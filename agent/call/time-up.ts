// The time limit of an anonymous caller: announced a minute before, and enforced by a timer of the
// job, whatever the model, the voice or the caller do. The web process puts the end time into the
// caller's token (lib/dispatch/limits/strangers.ts).
import { PERSON_ATTRIBUTES } from '../../lib/livekit/attributes';

/** Milliseconds before the end at which the caller is told: `notices.oneMinute`. */
const WARNING_MS = 60_000;

/** Callbacks for the time limit. */
interface TimeLimitHandlers {
  /** One minute is left. Not called if less than that was left from the start. */
  almost(): void;
  up(): void;
}

/**
 * Starts the timers if the caller's call has a time limit.
 * @param attributes of the caller's participant
 * @returns stops the timers
 */
export function startTimeLimit(
  attributes: Readonly<Record<string, string>> = {},
  { almost, up }: TimeLimitHandlers,
): () => void {
  const endsAt = Number(attributes[PERSON_ATTRIBUTES.endsAt] || Number.NaN);
  if (Number.isNaN(endsAt)) return () => undefined;
  const left = Math.max(0, endsAt - Date.now());
  const timers = [setTimeout(up, left)];
  if (left > WARNING_MS) timers.push(setTimeout(almost, left - WARNING_MS));
  return () => timers.forEach(clearTimeout);
}
