// Converts calls and events between timelines and table rows.
import { identifies } from '@/lib/livekit/caller-key';
import type { CallSummary, Mark, Timeline } from '../call';
import { isEventKind, type KeptEvent, readStored } from '../event';
import { isCaller } from '../timeline/presence';
import type { calls, events } from './schema';

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

/** The row of a call. */
export function rowOf({ call, marks, heardAt }: StoredCall): Omit<Row, 'search'> {
  const {
    callerId,
    version,
    startedAt,
    joinedAt,
    answeredAt,
    endedAt,
    endedBy,
    endReason,
    topic,
    ...others
  } = call;
  const said = marks.flatMap((mark) => (mark.kind === 'turn' ? [mark.text] : []));
  return {
    ...others,
    begun: !marks.some(hasToken) || marks.some(showsCaller),
    account: call.account ?? null,
    agents: [...call.agents],
    deployments: [...call.deployments],
    answerMs: [...call.answerMs],
    callerId: callerId ?? null,
    version: version ?? null,
    startedAt: startedAt ?? null,
    joinedAt: joinedAt ?? null,
    answeredAt: answeredAt ?? null,
    endedAt: endedAt ?? null,
    endedBy: endedBy ?? null,
    endReason: endReason ?? null,
    topic: topic ?? null,
    heardAt,
    transcript: firstBytes(said.join('\n'), SEARCHED_MAX_BYTES),
  };
}

/** A call as shown in lists. */
export function summaryOf(
  row: Omit<Row, 'search' | 'transcript' | 'heardAt' | 'begun'>,
): CallSummary {
  return {
    id: row.id,
    room: row.room,
    origin: row.origin,
    caller: row.caller,
    account: row.account ?? undefined,
    // Earlier releases stored what identifies nobody.
    callerId: row.callerId && identifies(row.callerId) ? row.callerId : undefined,
    agents: row.agents,
    deployments: row.deployments,
    version: row.version ?? undefined,
    requestedAt: row.requestedAt,
    startedAt: row.startedAt ?? undefined,
    joinedAt: row.joinedAt ?? undefined,
    answeredAt: row.answeredAt ?? undefined,
    endedAt: row.endedAt ?? undefined,
    endedBy: row.endedBy ?? undefined,
    endReason: row.endReason ?? undefined,
    outcome: row.outcome,
    topic: row.topic ?? undefined,
    turns: row.turns,
    errors: row.errors,
    answerMs: row.answerMs,
  };
}

/** An event of a known call. */
export type PlacedEvent = KeptEvent & { readonly call: string };

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
function eventOf(row: EventRow): PlacedEvent {
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
export const eventsFrom = (rows: readonly EventRow[]): PlacedEvent[] =>
  rows.filter(({ kind }) => isEventKind(kind)).map(eventOf);
