// Masks what is kept of a call: the words of its turns, what tools were given and gave back, and what
// errors quote. Messages and appointments keep their number: somebody is to be called back.
import type { CallEvent, Happening } from '../calls/event';
import { mask } from './mask';
import type { Masked } from './masked';

/** Fields of what happened that hold the caller's words. */
const WORDS: { readonly [K in Happening['kind']]?: readonly string[] } = {
  turn: ['text'],
  tool: ['label', 'args', 'result'],
  error: ['message', 'stack'],
};

/** The event as it is kept. */
export function maskEvent<T extends CallEvent>(event: T, kinds: readonly Masked[]): T {
  const words = WORDS[event.what.kind];
  if (!words || kinds.length === 0) return event;
  const fields = Object.entries(event.what).map(([name, value]) => [
    name,
    words.includes(name) && typeof value === 'string' ? mask(value, kinds) : value,
  ]);
  return { ...event, what: Object.fromEntries(fields) };
}
