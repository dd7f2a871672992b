// How a call ended: who, why and when, from the signs that events give. All rules are in the tables
// here; who is counted as present is in `presence.ts`.
import { CONNECTION_LOST, type EndedBy, type Outcome } from '../call';
import type { Placed } from './order';
import { agentsGone, CLOSED, callersGone, roomsFinished, sinceLife } from './presence';

/** Who ends a call by which word of an `ended` event. Without one: the call goes on. */
const END_WORDS: Readonly<Record<string, EndedBy | undefined>> = {
  caller: 'caller',
  goodbye: 'agent',
  'time-up': 'server',
  error: 'agent failed',
  shutdown: 'server',
  closed: 'server',
  'no agent': 'no agent',
  // Of a telephone that was called: `lib/telephony/outcome.ts`.
  busy: 'caller',
  'no answer': 'caller',
  declined: 'caller',
  'no such number': 'server',
  loop: 'server',
  'no line': 'server',
  lost: 'lost',
  handover: undefined,
  takeover: undefined,
};

/** Why an agent that was the last one left: its own word, or LiveKit's reason. Others say nothing. */
const AGENT_LEFT: Readonly<Record<string, EndedBy>> = {
  goodbye: 'agent',
  'time-up': 'server',
  error: 'agent failed',
  orphaned: 'agent failed',
  shutdown: 'server',
  CONNECTION_TIMEOUT: 'agent failed',
  SIGNAL_CLOSE: 'agent failed',
  STATE_MISMATCH: 'agent failed',
  JOIN_FAILURE: 'agent failed',
  MEDIA_FAILURE: 'agent failed',
};

/** LiveKit's reasons for a caller's leaving that are not the caller's will, nor their connection's. */
const SENT_AWAY = [...CLOSED, 'SERVER_SHUTDOWN', 'PARTICIPANT_REMOVED'];
/** LiveKit's reasons where nobody picked up a telephone: who dialled says why. */
const UNREACHED = ['USER_UNAVAILABLE', 'USER_REJECTED', 'SIP_TRUNK_FAILURE'];
/** LiveKit's reason when somebody leaves by their own will. */
const OWN_WILL = 'CLIENT_INITIATED';
/** LiveKit's reason where it has none. */
const UNSAID = 'UNKNOWN_REASON';
/**
 * Milliseconds within which a call ends after an agent's goodbye. Where it goes on for longer, the
 * caller still talked with a colleague. Our own choice: the room is closed within two seconds.
 */
const FOLLOWS_MS = 10_000;
/**
 * Milliseconds after which a caller who leaves without having met an agent counts as one to whom
 * nobody came. Our own choice: an agent is there within one second, a second thought comes sooner.
 */
const PATIENCE_MS = 5_000;

/** How a call ended. */
export interface Ending {
  readonly at: number;
  readonly by: EndedBy;
  readonly reason: string | undefined;
}

/** What an event says of the end. A weak sign is only what followed from somebody's will. */
interface Sign {
  readonly at: number;
  readonly by: EndedBy;
  readonly reason?: string;
  readonly weak?: boolean;
}

/** The ending of a call; undefined while it is on. */
export function endingOf(placed: readonly Placed[], requestedAt: number): Ending | undefined {
  const words = sinceLife(placed).flatMap(({ event: { what }, at }): Sign[] => {
    if (what.kind !== 'ended') return [];
    const by = what.why in END_WORDS ? END_WORDS[what.why] : 'server';
    return by ? [{ at, by, reason: what.reason, weak: by === 'lost' }] : [];
  });
  const finished = roomsFinished(placed);
  if (words.length === 0 && finished === undefined) return undefined;

  const gone = callersGone(placed);
  const told = words.filter(({ by }) => by !== 'lost').map(({ at }) => at);
  const times = [...told, ...[gone?.at, finished].filter((at) => at !== undefined)];
  const at = times.length > 0 ? Math.min(...times) : lastHeard(placed);

  const agents = agentSigns(agentsGone(placed)).filter(
    (sign) => sign.by === 'agent failed' || at - sign.at <= FOLLOWS_MS,
  );
  const signs = [...words, ...callerSigns(gone), ...agents];
  if (finished !== undefined) signs.push({ at: finished, by: 'server', weak: true });
  const chosen = earliest(signs.filter(({ weak }) => !weak)) ?? earliest(signs);
  if (!chosen) return undefined;
  const by = nobodyCame(placed, chosen.by, at - requestedAt) ? 'no agent' : chosen.by;
  return { at, by, reason: chosen.reason ?? reasonFor(by, words, placed) };
}

function callerSigns(left: Placed | undefined): Sign[] {
  if (left?.event.what.kind !== 'person_left') return [];
  const { at } = left;
  const { why } = left.event.what;
  if (why === OWN_WILL || why === UNSAID) return [{ at, by: 'caller' }];
  if (SENT_AWAY.includes(why)) return [{ at, by: 'server', weak: true }];
  if (UNREACHED.includes(why)) return [{ at, by: 'caller', weak: true }];
  return [{ at, by: 'caller', reason: CONNECTION_LOST }];
}

function agentSigns(left: readonly Placed[]): Sign[] {
  return left.flatMap(({ event, at }): Sign[] => {
    const by = event.what.kind === 'agent_left' ? AGENT_LEFT[event.what.why] : undefined;
    return by ? [{ at, by }] : [];
  });
}

/** The first of the earliest: the order they were listed in breaks ties. */
function earliest(signs: readonly Sign[]): Sign | undefined {
  return signs.reduce<Sign | undefined>(
    (first, sign) => (first && first.at <= sign.at ? first : sign),
    undefined,
  );
}

/** A call that is lost ended some time after the last that was heard of it. */
function lastHeard(placed: readonly Placed[]): number {
  const heard = placed.filter(
    ({ event: { what } }) => !(what.kind === 'ended' && what.why === 'lost'),
  );
  return (heard.at(-1) ?? (placed[0] as Placed)).at;
}

function nobodyCame(placed: readonly Placed[], by: EndedBy, lastedMs: number): boolean {
  const kinds = new Set(placed.map(({ event }) => event.what.kind));
  if (kinds.has('agent_joined') || by === 'lost') return false;
  const asked = kinds.has('requested') || kinds.has('dispatched') || kinds.has('job_assigned');
  return asked && !(by === 'caller' && lastedMs < PATIENCE_MS);
}

function reasonFor(by: EndedBy, words: readonly Sign[], placed: readonly Placed[]) {
  const said = words.find(({ reason }) => reason !== undefined)?.reason;
  if (said !== undefined || by !== 'agent failed') return said;
  const fault = placed.findLast(({ event }) => event.what.kind === 'error')?.event.what;
  return fault?.kind === 'error' ? fault.message : undefined;
}

/** What weighs more comes first: a caller with an appointment got more than one who was heard. */
const WEIGHTS = ['appointment', 'message', 'handed over'] as const;

/** What the call came to. */
export function outcomeOf(placed: readonly Placed[]): Outcome {
  const told = new Set(
    placed.flatMap(({ event: { what } }) => {
      if (what.kind === 'outcome') return [what.outcome];
      return what.kind === 'handed_over' ? ['handed over' as const] : [];
    }),
  );
  return WEIGHTS.find((outcome) => told.has(outcome)) ?? 'none';
}
