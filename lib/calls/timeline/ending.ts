// How a call ended: who ended it, why and when, derived from its events. All rules are in the tables here;
// `presence.ts` determines who was present.

import { CONNECTION_LOST, type EndedBy } from '@/lib/calls/call';
import type { OrderedEvent } from '@/lib/calls/timeline/order';
import { agentsGone, callersGone, roomsFinished, sinceLife } from '@/lib/calls/timeline/presence';
import { HANDED_OFF, NO_OUTCOME, OWN_OUTCOMES, outcomes } from '@/lib/core/outcome';
import { type EndReason, ROOM_ENDED } from '@/lib/livekit/end-reason';

/** Who ended the call, by the reason of an `ended` event or of the last agent's leaving. Others say nothing about it. */
const ENDED_BY_REASON: Readonly<Partial<Record<EndReason, EndedBy>>> = {
  goodbye: 'agent',
  'time-up': 'server',
  shutdown: 'server',
  closed: 'server',
  error: 'agent failed',
  orphaned: 'agent failed',
  'timed-out': 'agent failed',
  'connection-closed': 'agent failed',
  'connection-expired': 'agent failed',
  'join-failed': 'agent failed',
  'media-failed': 'agent failed',
  'caller-left': 'caller',
  // Outcomes of outbound calls: `lib/telephony/call-out.ts`.
  busy: 'caller',
  'no-answer': 'caller',
  declined: 'caller',
  lost: 'lost',
};

/** Reasons of an `ended` event after which the call goes on. */
const GOES_ON: readonly EndReason[] = ['handoff', 'takeover'];
/** Reasons for a caller leaving that are due neither to the caller nor to their connection. */
const REMOVED_BY_SERVER: readonly EndReason[] = [...ROOM_ENDED, 'server-shutdown', 'removed'];
/** Reasons if a phone call was not answered; the `ended` event of the outbound call has the details. */
const UNREACHED: readonly EndReason[] = ['no-answer', 'rejected', 'line-failed'];
/**
 * Milliseconds within which a call ends after an agent's goodbye. If it goes on for longer, the caller was still
 * talking with a colleague. Our own choice: the room is closed within two seconds.
 */
const FOLLOWS_MS = 10_000;
/**
 * Milliseconds after which a caller who leaves without having met an agent counts as `no agent`. Our own choice: an
 * agent joins within one second, and callers who change their mind leave earlier.
 */
const PATIENCE_MS = 5_000;

/** How a call ended. */
export interface Ending {
  readonly at: number;
  readonly by: EndedBy;
  readonly reason: string | undefined;
}

/** An indication of the end in an event. A weak sign is only a consequence of somebody's decision. */
interface Sign {
  readonly at: number;
  readonly by: EndedBy;
  readonly reason?: string | undefined;
  readonly weak?: boolean;
}

/** The ending of a call; undefined while it is in progress. */
export function endingOf(placed: readonly OrderedEvent[], requestedAt: number): Ending | undefined {
  const words = sinceLife(placed).flatMap(({ event: { what }, at }): Sign[] => {
    if (what.kind !== 'ended' || GOES_ON.includes(what.why)) return [];
    const by = ENDED_BY_REASON[what.why] ?? 'server';
    return [{ at, by, reason: what.reason, weak: by === 'lost' }];
  });
  const finished = roomsFinished(placed);
  if (words.length === 0 && finished === undefined) return undefined;

  const gone = callersGone(placed);
  const reported = words.filter(({ by }) => by !== 'lost').map(({ at }) => at);
  const times = [...reported, ...[gone?.at, finished].filter((at) => at !== undefined)];
  const at = times.length > 0 ? Math.min(...times) : lastHeard(placed);

  const agents = agentSigns(agentsGone(placed)).filter(
    (sign) => sign.by === 'agent failed' || at - sign.at <= FOLLOWS_MS,
  );
  const signs = [...words, ...callerSigns(gone), ...agents];
  if (finished !== undefined) signs.push({ at: finished, by: 'server', weak: true });
  const chosen = earliest(signs.filter(({ weak }) => !weak)) ?? earliest(signs);
  if (!chosen) return undefined;
  const by = noAgentJoined(placed, chosen.by, at - requestedAt) ? 'no agent' : chosen.by;
  return { at, by, reason: chosen.reason ?? reasonFor(by, words, placed) };
}

function callerSigns(left: OrderedEvent | undefined): Sign[] {
  if (left?.event.what.kind !== 'person_left') return [];
  const { at } = left;
  const { why } = left.event.what;
  if (why === 'left' || why === 'unknown') return [{ at, by: 'caller' }];
  if (REMOVED_BY_SERVER.includes(why)) return [{ at, by: 'server', weak: true }];
  if (UNREACHED.includes(why)) return [{ at, by: 'caller', weak: true }];
  return [{ at, by: 'caller', reason: CONNECTION_LOST }];
}

function agentSigns(left: readonly OrderedEvent[]): Sign[] {
  return left.flatMap(({ event, at }): Sign[] => {
    const by = event.what.kind === 'agent_left' ? ENDED_BY_REASON[event.what.why] : undefined;
    // An agent that leaves because the caller did is no sign of its own.
    return by && by !== 'caller' ? [{ at, by }] : [];
  });
}

/** The earliest sign; the order in the list breaks ties. */
function earliest(signs: readonly Sign[]): Sign | undefined {
  return signs.reduce<Sign | undefined>(
    (first, sign) => (first && first.at <= sign.at ? first : sign),
    undefined,
  );
}

/** A lost call ended some time after its last event. */
function lastHeard(placed: readonly OrderedEvent[]): number {
  const heard = placed.filter(
    ({ event: { what } }) => !(what.kind === 'ended' && what.why === 'lost'),
  );
  return (heard.at(-1) ?? (placed[0] as OrderedEvent)).at;
}

function noAgentJoined(placed: readonly OrderedEvent[], by: EndedBy, lastedMs: number): boolean {
  const kinds = new Set(placed.map(({ event }) => event.what.kind));
  if (kinds.has('agent_joined') || by === 'lost') return false;
  const asked = kinds.has('requested') || kinds.has('dispatched') || kinds.has('job_assigned');
  return asked && !(by === 'caller' && lastedMs < PATIENCE_MS);
}

function reasonFor(by: EndedBy, words: readonly Sign[], placed: readonly OrderedEvent[]) {
  const said = words.find(({ reason }) => reason !== undefined)?.reason;
  if (said !== undefined || by !== 'agent failed') return said;
  const fault = placed.findLast(({ event }) => event.what.kind === 'error')?.event.what;
  return fault?.kind === 'error' ? fault.message : undefined;
}

/** The outcome of the call: the most important of those that were reported. */
export function outcomeOf(placed: readonly OrderedEvent[]): string {
  const reported = placed.flatMap(({ event: { what } }) => {
    if (what.kind === 'outcome') return [what.outcome];
    return what.kind === 'handed_off' ? [HANDED_OFF] : [];
  });
  const known = [...outcomes.keys()].find((name) => reported.includes(name)) ?? NO_OUTCOME;
  // One that no agent declares still says more than a handoff.
  const other = reported.find((name) => !outcomes.has(name));
  return other !== undefined && Object.hasOwn(OWN_OUTCOMES, known) ? other : known;
}
