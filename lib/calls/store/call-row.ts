// Converts calls and events between timelines and table rows.
import { getTableColumns } from 'drizzle-orm';
import type { CallSummary, Mark, Timeline } from '@/lib/calls/call';
import { isEventKind, readStored, type StoredEvent } from '@/lib/calls/event';
import { calls, type events } from '@/lib/calls/store/schema';
import { isCaller } from '@/lib/calls/timeline/presence';
import { currentOutcome } from '@/lib/core/outcome';
import { identifies } from '@/lib/livekit/caller-key';

type Row = typeof calls.$inferSelect;
type EventRow = typeof events.$inferSelect;

/**
 * Maximum bytes of a transcript in the search index: four hours of conversation in English. PostgreSQL refuses a search
 * vector of more than 1 MB. Words with hyphens and addresses of pages, which it stores whole and in parts, take the most:
 * less than four times their size.
 */
const SEARCHED_MAX_BYTES = 200_000;

/** The beginning of a text, in whole characters. */
function firstBytes(text: string, max: number): string {
  // Most texts are far shorter: no character takes more than three bytes for each of its units.
  if (text.length * 3 <= max) return text;
  const bytes = Buffer.from(text);
  return bytes.length <= max
    ? text
    : new TextDecoder().decode(bytes.subarray(0, max), { stream: true });
}

/** Whether the call has a token: rooms created by programs and outbound calls of rules have none. */
const hasToken = (mark: Mark) =>
  mark.kind === 'event' &&
  mark.what.kind === 'requested' &&
  mark.what.origin !== 'rule' &&
  mark.what.identity !== '';

/** Whether this shows that the caller was present, even if some of LiveKit's events were lost. */
function showsCaller(mark: Mark): boolean {
  if (mark.kind === 'turn') return true;
  if (mark.kind !== 'event') return false;
  const { what } = mark;
  return what.kind === 'first_audio' || (what.kind === 'person_joined' && isCaller(what));
}

/** A call, and when the last of its events arrived (milliseconds since 1970). */
interface StoredCall extends Pick<Timeline, 'call' | 'marks'> {
  readonly heardAt: number;
}

const {
  search: _search,
  transcript: _transcript,
  heardAt: _heardAt,
  begun: _begun,
  ...summaryColumns
} = getTableColumns(calls);

/** The columns of a call as shown in lists: they have the names of {@link CallSummary}. */
export { summaryColumns };

const SUMMARY = Object.keys(summaryColumns) as (keyof typeof summaryColumns)[];
type SummaryRow = Pick<Row, (typeof SUMMARY)[number]>;
/** The same with undefined for null. */
type Unset<T> = { [K in keyof T]: null extends T[K] ? Exclude<T[K], null> | undefined : T[K] };

/** The row of a call. */
export function rowOf({ call, marks, heardAt }: StoredCall): Omit<Row, 'search'> {
  const summary = Object.fromEntries(SUMMARY.map((name) => [name, call[name] ?? null]));
  const said = marks.flatMap((mark) => (mark.kind === 'turn' ? [mark.text] : []));
  return {
    ...(summary as SummaryRow),
    begun: !marks.some(hasToken) || marks.some(showsCaller),
    heardAt,
    transcript: firstBytes(said.join('\n'), SEARCHED_MAX_BYTES),
  };
}

/** A call as shown in lists. */
export function summaryOf(row: SummaryRow): CallSummary {
  const summary = Object.fromEntries(
    SUMMARY.map((name) => [name, row[name] ?? undefined]),
  ) as Unset<SummaryRow>;
  const { callerId } = summary;
  return {
    ...summary,
    // Earlier releases stored what identifies nobody.
    callerId: callerId && identifies(callerId) ? callerId : undefined,
    outcome: currentOutcome(summary.outcome),
  };
}

/** An event of a known call. */
export type PlacedEvent = StoredEvent & { readonly call: string };

/** The row of an event. */
export function eventRowOf(event: PlacedEvent): EventRow {
  const { id, call, room, roomSid, source, at, sentAt, arrivedAt, what } = event;
  return {
    id,
    call,
    room,
    roomSid: roomSid ?? null,
    source,
    at,
    sentAt: sentAt ?? null,
    arrivedAt,
    kind: what.kind,
    data: what,
  };
}

/** The event of a row, with the call it was assigned to. */
function eventOf(row: Omit<EventRow, 'kind'>): PlacedEvent {
  return {
    id: row.id,
    call: row.call,
    room: row.room,
    roomSid: row.roomSid ?? undefined,
    source: row.source,
    at: row.at,
    sentAt: row.sentAt ?? undefined,
    arrivedAt: row.arrivedAt,
    what: readStored(row.data),
  };
}

/** The events of rows. Kinds that this version does not know are left out. */
export const eventsFrom = (rows: readonly Omit<EventRow, 'kind'>[]): PlacedEvent[] =>
  rows.map(eventOf).filter(({ what }) => isEventKind(what.kind));
