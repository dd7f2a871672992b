// Masks what is kept of a call: the words of its turns, what tools were given and gave back, and what
// errors quote.

import type { Masked } from '@/lib/core/masked';
import type { CallEvent, Happening } from '../event';
import { mask } from './mask';

/** Of each kind of what happened, the fields with words of people, or that quote them. */
const WORDS: {
  readonly [K in Happening['kind']]: readonly (keyof Extract<Happening, { kind: K }>)[];
} = {
  turn: ['text'],
  tool: ['label', 'args', 'result'],
  error: ['message', 'stack'],
  // Said by people who end a call, and quoted of errors.
  ...{ ended: ['reason'], failover: ['reason'], gave_up: ['reason'], job_refused: ['reason'] },
  // Who it is, where and when.
  ...{ requested: [], token_minted: [], room_started: [], room_finished: [], dispatched: [] },
  ...{ job_assigned: [], agent_joined: [], first_audio: [], person_joined: [], person_left: [] },
  ...{ agent_state: [], connection: [], handed_over: [], outcome: [], agent_left: [] },
  ...{ put_through: [], recording: [], missed_words: [] },
};

/** The event as it is kept. */
export function maskEvent<T extends CallEvent>(event: T, kinds: readonly Masked[]): T {
  const words: readonly string[] = WORDS[event.what.kind];
  if (words.length === 0 || kinds.length === 0) return event;
  const fields = Object.entries(event.what).map(([name, value]) => [
    name,
    words.includes(name) && typeof value === 'string' ? mask(value, kinds) : value,
  ]);
  return { ...event, what: Object.fromEntries(fields) };
}
