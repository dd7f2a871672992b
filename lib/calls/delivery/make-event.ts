// Makes an event of what happened: with an id of its own, cut to what can be kept, and free of what a
// database cannot keep. So nobody who tells has to think of it.
import { randomUUID } from 'node:crypto';
import { type CallEvent, callEvent, type Happening, TEXT_MAX } from '../event';

/** Of this process alone. */
const PROCESS = randomUUID();
let count = 0;

/** An id unlike any other; of two of the same millisecond, the order of telling is that of their ids. */
function nextId(): string {
  count += 1;
  return `${PROCESS}-${String(count).padStart(8, '0')}`;
}

/** Fields with texts; all others are names. */
const TEXTS: readonly string[] = ['text', 'args', 'result', 'message', 'stack', 'reason', 'label'];
/** Longest name in characters. */
const NAME_MAX = 300;

/** A text as PostgreSQL takes it: without NUL and without halves of characters. */
const clean = (text: string, max: number) =>
  text
    .replaceAll('\0', '')
    .slice(0, max)
    .replaceAll(/\p{Cs}/gu, '\ufffd');

function cut(what: Happening): Happening {
  const fields = Object.entries(what).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value];
    return [name, clean(value, TEXTS.includes(name) ? TEXT_MAX : NAME_MAX)];
  });
  return Object.fromEntries(fields) as Happening;
}

/** Where and when it happened. */
export interface Where {
  readonly room: string;
  readonly roomSid?: string;
  /** Id of the call, where it is known. */
  readonly call?: string;
  /** Who tells: see `CallEvent`. */
  readonly source: string;
  /** Milliseconds since 1970 on the teller's clock; now where it is left out. */
  readonly at?: number;
  /** LiveKit's own id. */
  readonly id?: string;
  /** When it was heard of, on the web's clock, where the teller has another: see `asSentNow`. */
  readonly sentAt?: number;
}

/** The event; undefined for one that is not as it must be, which is a mistake of ours. */
export function makeEvent({ at, ...where }: Where, what: Happening): CallEvent | undefined {
  const made = {
    id: nextId(),
    ...where,
    at: Math.round(at ?? Date.now()),
    what: cut(what),
  };
  const { data, error } = callEvent.safeParse(made);
  if (error) console.error(`events: ${what.kind} cannot be told: ${error.message}`);
  return data;
}
