// What should be true of a room, folded from the events of its call: which agents belong there, how far
// each has come, and whether anybody is there to talk with. Pure; what is done about it is elsewhere.
import { type KeptEvent, workerOfSource } from '@/lib/calls/event';
import { isGuessed } from '@/lib/calls/store/rooms-of-calls';
import { agentIdentity } from '@/lib/livekit/attributes';

// Several agents of one name in a room: they settle by themselves which of them stays (`agent/call/duplicate-agent.ts`), so that
// one that goes is not missing as long as another is there.

/** Those beside it, once one of that identity has joined. */
function besideNew(known: WatchedAgent | undefined, identity: string): WatchedAgent['beside'] {
  const beside = new Map(known?.beside);
  if (known?.identity && known.progress.phase === 'here') {
    beside.set(known.identity, known.progress.worker);
  }
  beside.delete(identity);
  return beside;
}

/** What changes where one of several has gone; undefined where there is no other. */
function oneFewer(
  known: WatchedAgent,
  identity: string,
  since: number,
): Partial<WatchedAgent> | undefined {
  const beside = new Map(known.beside);
  if (beside.delete(identity)) return { beside };
  const [other] = beside;
  if (known.identity !== identity || !other) return undefined;
  const [next, worker] = other;
  beside.delete(next);
  return { identity: next, beside, progress: { phase: 'here', since, worker } };
}

/** Those beside it that are in the room by LiveKit's word. */
const stillBeside = ({ beside }: WatchedAgent, identities: ReadonlySet<string>) =>
  new Map([...beside].filter(([identity]) => identities.has(identity)));

// Why agents and people leave, as far as it matters to who watches.

/** Why an agent leaves a call that is to go on without it: its own words, or LiveKit's reasons. */
const IN_ORDER: readonly string[] = [
  'goodbye',
  'time-up',
  'shutdown',
  'handover',
  'handed over',
  'takeover',
  'colleague came',
  'outdone',
  'asked to leave',
  'caller left',
  'room closed',
  'PARTICIPANT_REMOVED',
  'DUPLICATE_IDENTITY',
  'MIGRATION',
  'ROOM_DELETED',
  'ROOM_CLOSED',
];
/** LiveKit's reasons for leaving after which the same person is in the room still. */
const STAYS: readonly string[] = ['DUPLICATE_IDENTITY', 'MIGRATION'];
/** LiveKit's reason when somebody leaves by their own will. */
const OWN_WILL = 'CLIENT_INITIATED';

/** What was seen of an agent that left, in words. */
const LOST: Readonly<Record<string, string>> = {
  orphaned: 'its worker process had died',
  error: 'it failed',
  [OWN_WILL]: 'it left without a word',
};

/**
 * How far an agent has come: sent for; a worker took the job; in the room; on its way back to a server that
 * was restarted; or lost, for a reason.
 * Times are milliseconds since 1970 by this process's clock.
 */
type Progress =
  | { readonly phase: 'sent'; readonly since: number }
  | { readonly phase: 'assigned'; readonly since: number; readonly worker: string }
  | { readonly phase: 'returning'; readonly since: number; readonly worker: string }
  | { readonly phase: 'here'; readonly since: number; readonly worker: string | undefined }
  | { readonly phase: 'lost'; readonly since: number; readonly reason: string };

/** An agent that belongs in a room. */
export interface WatchedAgent {
  /** Agent name. */
  readonly agent: string;
  /** Shown name. */
  readonly deployment: string;
  /** Its identity in the room, or the last that it had. */
  readonly identity: string | undefined;
  /** Others of its name that are there, by identity, with their workers: all but one will go. */
  readonly beside: ReadonlyMap<string, string | undefined>;
  readonly progress: Progress;
  /** How often it was replaced in this call. */
  readonly attempts: number;
}

/** A room as far as it is watched. */
export interface WatchedRoom {
  /** Id of its call. */
  readonly call: string;
  readonly sid: string | undefined;
  /** Identities of the people there. */
  readonly people: ReadonlySet<string>;
  /** When the last of them hung up; undefined while somebody is there, or was cut off. */
  readonly hungUpAt: number | undefined;
  /** By agent name. */
  readonly agents: ReadonlyMap<string, WatchedAgent>;
  /** Identities of agents that have left: what is told of them late does not bring them back. */
  readonly gone: ReadonlySet<string>;
}

/** A room of which nothing is known yet. */
export const emptyRoom = (call: string): WatchedRoom => ({
  call,
  sid: undefined,
  people: new Set(),
  hungUpAt: undefined,
  agents: new Map(),
  gone: new Set(),
});

/** The room with this agent changed; `undefined` takes it out. */
export function withAgent(
  room: WatchedRoom,
  name: string,
  change: Partial<WatchedAgent> | undefined,
): WatchedRoom {
  const agents = new Map(room.agents);
  const known = agents.get(name);
  if (!change) agents.delete(name);
  else if (known) agents.set(name, { ...known, ...change });
  return { ...room, agents };
}

function joins(room: WatchedRoom, { what, arrivedAt }: KeptEvent): WatchedRoom {
  if (what.kind !== 'agent_joined' || room.gone.has(what.identity)) return room;
  const { agent, deployment, identity, worker } = what;
  const known = room.agents.get(agent);
  const progress = { phase: 'here', since: arrivedAt, worker } as const;
  const beside = besideNew(known, identity);
  const attempts = known?.attempts ?? 0;
  const agents = new Map(room.agents);
  agents.set(agent, { agent, deployment, identity, beside, progress, attempts });
  return { ...room, agents };
}

/** The room, where the process of an agent of that identity has died. */
export const withGone = (room: WatchedRoom, identity: string): WatchedRoom => ({
  ...room,
  gone: new Set([...room.gone, identity]),
});

/** The agent of that identity is lost. */
export function loseAgent(
  room: WatchedRoom,
  identity: string,
  reason: string,
  now: number,
): WatchedRoom {
  const found = [...room.agents.values()].find(
    (one) => one.identity === identity || one.beside.has(identity),
  );
  if (!found || found.progress.phase === 'lost') return room;
  const other = oneFewer(found, identity, now);
  if (other) return withGone(withAgent(room, found.agent, other), identity);
  const lost = withAgent(room, found.agent, { progress: { phase: 'lost', since: now, reason } });
  return withGone(lost, identity);
}

function leaves(room: WatchedRoom, { what, arrivedAt }: KeptEvent): WatchedRoom {
  if (what.kind !== 'agent_left' || room.gone.has(what.identity)) return room;
  const { agent, identity, why } = what;
  const gone = new Set([...room.gone, identity]);
  const known = room.agents.get(agent);
  const other = known && oneFewer(known, identity, arrivedAt);
  if (other) return { ...withAgent(room, agent, other), gone };
  // One that was replaced already.
  if (known?.identity !== identity) return { ...room, gone };
  if (IN_ORDER.includes(why)) return { ...withAgent(room, agent, undefined), gone };
  const reason = LOST[why] ?? 'its connection was lost';
  return loseAgent(room, identity, reason, arrivedAt);
}

function sent(room: WatchedRoom, { what, arrivedAt: since }: KeptEvent): WatchedRoom {
  if (what.kind !== 'dispatched') return room;
  // Whoever hands over waits for the other one, calls it off if it does not come, and goes on.
  if (what.by === 'agent') return room;
  const { agent, deployment } = what;
  const known = room.agents.get(agent);
  // Told late: it is there already.
  if (known?.progress.phase === 'here' && what.by === 'token') return room;
  const agents = new Map(room.agents);
  const attempts = known?.attempts ?? 0;
  const progress = { phase: 'sent', since } as const;
  const { identity, beside = new Map() } = known ?? {};
  agents.set(agent, { agent, deployment, identity, beside, progress, attempts });
  return { ...room, agents };
}

/** An error that ends a job before it has joined. */
function fails(room: WatchedRoom, { what, source, arrivedAt: since }: KeptEvent): WatchedRoom {
  if (what.kind !== 'error' || what.where !== 'job') return room;
  const worker = workerOfSource(source);
  const failed = [...room.agents.values()].find(
    ({ progress }) => progress.phase === 'assigned' && progress.worker === worker,
  );
  if (!failed) return room;
  const reason = `it could not start: ${what.message}`;
  return withAgent(room, failed.agent, { progress: { phase: 'lost', since, reason } });
}

/** A server that was restarted: who was in the room before comes back by itself. */
function begins(room: WatchedRoom, { roomSid: sid, arrivedAt: since }: KeptEvent): WatchedRoom {
  if (sid === undefined || room.sid === sid) return room;
  const again = room.sid !== undefined;
  const agents = new Map(
    [...room.agents].map(([name, one]): [string, WatchedAgent] => {
      const { progress } = one;
      // The job of a token begins with its room.
      if (progress.phase === 'sent') return [name, { ...one, progress: { ...progress, since } }];
      if (!again || progress.phase !== 'here') return [name, one];
      const worker = progress.worker ?? '';
      const returning = { phase: 'returning', since, worker } as const;
      return [name, { ...one, beside: new Map(), progress: returning }];
    }),
  );
  return again
    ? { ...room, sid, agents, gone: new Set(), people: new Set() }
    : { ...room, sid, agents };
}

/**
 * The room as LiveKit has it now, for what nobody told: who is there, and agents that are not.
 * @param identities all participants' of the live room
 */
export function reconciled(
  room: WatchedRoom,
  identities: ReadonlySet<string>,
  now: number,
): WatchedRoom {
  const people = new Set([...room.people].filter((one) => identities.has(one)));
  const agents = new Map(
    [...room.agents].map(([name, one]) => [name, { ...one, beside: stillBeside(one, identities) }]),
  );
  const absent = [...agents.values()].filter(
    ({ progress, identity }) => progress.phase === 'here' && !identities.has(identity ?? ''),
  );
  return absent.reduce<WatchedRoom>(
    (left, { identity = '' }) => loseAgent(left, identity, 'it is not in the room', now),
    { ...room, people, agents },
  );
}

/** The room after an event; undefined once it is over. */
export function seen(before: WatchedRoom, event: KeptEvent): WatchedRoom | undefined {
  const { what, arrivedAt, call = before.call } = event;
  // A worker may tell of a room before this process has told whose call it is.
  const room = isGuessed(before.call) && call !== before.call ? { ...before, call } : before;
  switch (what.kind) {
    case 'room_started':
      return begins(room, event);
    case 'room_finished':
      return room.sid === undefined || room.sid === event.roomSid ? undefined : room;
    case 'ended':
      return what.why === 'goodbye' || what.why === 'caller' ? room : undefined;
    case 'person_joined': {
      if (what.role === 'other') return room;
      const people = new Set([...room.people, what.identity]);
      return { ...room, people, hungUpAt: undefined };
    }
    case 'person_left': {
      if (STAYS.includes(what.why)) return room;
      const people = new Set([...room.people].filter((one) => one !== what.identity));
      const hungUp = people.size === 0 && what.why === OWN_WILL;
      return { ...room, people, hungUpAt: hungUp ? arrivedAt : room.hungUpAt };
    }
    case 'dispatched':
      return sent(room, event);
    case 'job_assigned': {
      if (room.agents.get(what.agent)?.progress.phase !== 'sent') return room;
      const progress = { phase: 'assigned', since: arrivedAt, worker: what.worker } as const;
      const identity = agentIdentity(what.agent, what.job);
      const assigned = withAgent(room, what.agent, { identity, progress });
      if (!room.gone.has(identity)) return assigned;
      return loseAgent(assigned, identity, 'its process has died', arrivedAt);
    }
    case 'agent_joined':
      return joins(room, event);
    case 'agent_left':
      return leaves(room, event);
    case 'error':
      return fails(room, event);
    case 'failover':
      return withAgent(room, what.agent, { attempts: what.attempt });
    case 'gave_up':
      return withAgent(room, what.agent, undefined);
    default:
      return room;
  }
}
