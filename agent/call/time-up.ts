// The time limit of an anonymous caller: announced a minute before, and enforced by a timer of the
// job, whatever the model, the voice or the caller do. The web process puts the end time into the
// caller's token.
import { PERSON_ATTRIBUTES } from '../../lib/livekit/attributes';

/** Milliseconds before the end at which the agent announces it: `notices.oneMinute`. */
const WARNING_MS = 60_000;

/**
 * Starts the timers if the caller's call has a time limit.
 * @param attributes of the caller's participant
 * @param almost called when one minute is left, but not if less than that was left from the start
 * @returns stops the timers
 */
export function startTimeLimit(
  attributes: Readonly<Record<string, string>> = {},
  { almost, up }: { almost(): void; up(): void },
): () => void {
  const endsAt = Number(attributes[PERSON_ATTRIBUTES.endsAt] || Number.NaN);
  if (Number.isNaN(endsAt)) return () => undefined;
  const left = Math.max(0, endsAt - Date.now());
  const timers = [setTimeout(up, left)];
  if (left > WARNING_MS) timers.push(setTimeout(almost, left - WARNING_MS));
  return () => timers.forEach(clearTimeout);
}
