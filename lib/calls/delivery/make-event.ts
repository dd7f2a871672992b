// Creates an event: adds an id, and truncates and cleans its strings for the database, so that its callers need not
// think of it.
import { randomUUID } from 'node:crypto';
import { type CallEvent, callEvent, type Happening, TEXT_MAX } from '../event';

/** Unique for this process. */
const PROCESS = randomUUID();
let count = 0;

/** A unique id; ids of one process sort by creation within a millisecond. */
function nextId(): string {
  count += 1;
  return `${PROCESS}-${String(count).padStart(8, '0')}`;
}

/** Fields with text; all others are names. */
const TEXTS: readonly string[] = ['text', 'args', 'result', 'message', 'stack', 'reason', 'label'];
/** Maximum length of a name in characters. */
const NAME_MAX = 300;

/** Removes NUL characters and unpaired surrogates, which PostgreSQL refuses. */
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

/** Where and when something happened. */
export interface Where {
  readonly room: string;
  readonly roomSid?: string;
  /** Id of the call, if known. */
  readonly call?: string;
  /** Source of the event: see `CallEvent`. */
  readonly source: string;
  /** Milliseconds since 1970 on the source's clock; defaults to now. */
  readonly at?: number;
  /** LiveKit's own event id. */
  readonly id?: string;
  /** When it was received, on the web process's clock, if the source has another clock: see `asSentNow`. */
  readonly sentAt?: number;
}

/** The event; undefined if it is invalid, which is a bug of ours. */
export function makeEvent({ at, ...where }: Where, what: Happening): CallEvent | undefined {
  const made = {
    id: nextId(),
    ...where,
    at: Math.round(at ?? Date.now()),
    what: cut(what),
  };
  const { data, error } = callEvent.safeParse(made);
  if (error) console.error(`events: invalid ${what.kind}: ${error.message}`);
  return data;
}
