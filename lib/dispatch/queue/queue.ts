// The line of callers who wait for a place with an agent: who came first is let in first, and who does
// not show up again loses their place. Pure: the time and the free places are given.

/** Milliseconds after which who has not asked again has given up. */
export const LOST_MS = 10_000;
/**
 * Milliseconds for which who was let in is counted, until their job shows in the workers' reports: as long as a page
 * needs to join. A token that is used later finds its place when it joins, or waits in the room.
 */
export const ADMITTED_MS = 3_000;
/** Most who wait in one line. Who comes then is told that all are busy, and gets no place. Our own choice. */
export const WAITING_MAX = 500;

/** A place in line. Times in milliseconds since 1970. */
interface Ticket {
  readonly id: string;
  /** When the caller first asked. */
  readonly since: number;
  /** When it is given up, unless they ask again. */
  readonly until: number;
}

/** One line: of one agent on one deployment. */
export interface Line {
  /** In the order in which they came. */
  readonly waiting: readonly Ticket[];
  /** Who was let in just now, by the room that they go to. */
  readonly admitted: readonly { readonly room: string; readonly at: number }[];
}

export const EMPTY_LINE: Line = { waiting: [], admitted: [] };

/** Who asks. */
export interface Asking {
  /** Id of their ticket, or of one that is made for them. */
  readonly ticket: string;
  /** Room that they go to when they are let in. */
  readonly room: string;
  /** Milliseconds for which their place is kept until they ask again. */
  readonly keptMs: number;
}

/** The places as the workers report them: `newRooms` are of jobs that are in these numbers. */
export interface Places {
  readonly free: number;
  readonly newRooms: ReadonlySet<string>;
}

/** What who asked is told. `full`: the line itself is. */
export type Told =
  | { readonly kind: 'admitted'; readonly since: number }
  | { readonly kind: 'waiting'; readonly place: number }
  | { readonly kind: 'full' };

/** The line without those who gave up, and those let in whose job has begun, or never will. */
function current({ waiting, admitted }: Line, { newRooms }: Places, now: number): Line {
  return {
    waiting: waiting.filter(({ until }) => now < until),
    admitted: admitted.filter(({ room, at }) => now - at < ADMITTED_MS && !newRooms.has(room)),
  };
}

/** Whether this ticket holds a place. */
export const isIn = ({ waiting }: Line, ticket: string, now: number): boolean =>
  waiting.some(({ id, until }) => id === ticket && now < until);

/** Takes a place in line, or renews it; lets in whose turn it is. */
export function ask(
  before: Line,
  asking: Asking,
  places: Places,
  now: number,
): { readonly line: Line; readonly told: Told } {
  const { waiting, admitted } = current(before, places, now);
  const known = waiting.find(({ id }) => id === asking.ticket);
  const mine: Ticket = {
    id: asking.ticket,
    since: known?.since ?? now,
    until: now + asking.keptMs,
  };
  const all = known ? waiting.map((one) => (one === known ? mine : one)) : [...waiting, mine];
  const place = all.indexOf(mine) + 1;
  if (place <= places.free - admitted.length) {
    const left = all.filter((one) => one !== mine);
    const line = { waiting: left, admitted: [...admitted, { room: asking.room, at: now }] };
    return { line, told: { kind: 'admitted', since: mine.since } };
  }
  if (place > WAITING_MAX) return { line: { waiting, admitted }, told: { kind: 'full' } };
  return { line: { waiting: all, admitted }, told: { kind: 'waiting', place } };
}
