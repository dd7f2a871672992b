// Masks the stored text of a call: turns, arguments and results of tools, and error messages.

import type { Masked } from '@/lib/core/masked';
import type { CallEvent, Happening } from '../event';
import { mask } from './mask';

/** By kind of event, the fields with people's words or quotations of them. */
const WORDS: {
  readonly [K in Happening['kind']]: readonly (keyof Extract<Happening, { kind: K }>)[];
} = {
  turn: ['text'],
  tool: ['label', 'args', 'result'],
  error: ['message', 'stack'],
  // Reasons given by people who end a call, and error messages.
  ...{ ended: ['reason'], failover: ['reason'], gave_up: ['reason'], job_refused: ['reason'] },
  // Identities, places and times.
  ...{ requested: [], token_minted: [], room_started: [], room_finished: [], dispatched: [] },
  ...{ job_assigned: [], agent_joined: [], first_audio: [], person_joined: [], person_left: [] },
  ...{ agent_state: [], connection: [], handed_over: [], outcome: [], agent_left: [] },
  ...{ put_through: [], recording: [], missed_words: [] },
};

/** The event to store. */
export function maskEvent<T extends CallEvent>(event: T, kinds: readonly Masked[]): T {
  const words: readonly string[] = WORDS[event.what.kind];
  if (words.length === 0 || kinds.length === 0) return event;
  const fields = Object.entries(event.what).map(([name, value]) => [
    name,
    words.includes(name) && typeof value === 'string' ? mask(value, kinds) : value,
  ]);
  return { ...event, what: Object.fromEntries(fields) };
}
