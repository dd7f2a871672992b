// The state of a room, built from the events of its call: which agents belong there, how far each has
// come, and whether a caller is there. Pure; `required-actions.ts` says what it requires.
import { type StoredEvent, workerOfSource } from '@/lib/calls/event';
import { isProvisional } from '@/lib/calls/store/rooms-of-calls';
import { agentIdentity } from '@/lib/livekit/attributes';
import { type EndReason, INTENDED, STILL_PRESENT } from '@/lib/livekit/end-reason';

// Several agents of one name may be in a room. They agree among themselves which one stays
// (`agent/call/duplicate-agent.ts`), so an agent that leaves is not missing while a duplicate is there.

/** The duplicates of an agent after `identity` has joined. */
function duplicatesAfterJoin(
  known: AgentState | undefined,
  identity: string,
): AgentState['duplicates'] {
  const duplicates = new Map(known?.duplicates);
  if (known?.identity && known.progress.phase === 'joined') {
    duplicates.set(known.identity, known.progress.worker);
  }
  duplicates.delete(identity);
  return duplicates;
}

/** The change when one of several duplicates leaves; undefined if there is no other. */
function withoutDuplicate(
  known: AgentState,
  identity: string,
  since: number,
): Partial<AgentState> | undefined {
  const duplicates = new Map(known.duplicates);
  if (duplicates.delete(identity)) return { duplicates };
  const [other] = duplicates;
  if (known.identity !== identity || !other) return undefined;
  const [next, worker] = other;
  duplicates.delete(next);
  return { identity: next, duplicates, progress: { phase: 'joined', since, worker } };
}

/** The duplicates that LiveKit still lists in the room. */
const presentDuplicates = ({ duplicates }: AgentState, identities: ReadonlySet<string>) =>
  new Map([...duplicates].filter(([identity]) => identities.has(identity)));

/** The reason of a failover after a server restart. */
export const NOT_BACK = 'it did not come back';
/** The reason of a failover by the agent's reason for leaving. */
const LOST_REASONS: Readonly<Partial<Record<EndReason, string>>> = {
  orphaned: 'its worker process had died',
  error: 'it failed',
  left: 'it left without a word',
};

/**
 * How far an agent has come: dispatched; accepted by a worker; in the room; reconnecting after a server
 * restart; or lost. `since` is in milliseconds since 1970 by this process's clock.
 */
type Progress =
  | { readonly phase: 'dispatched'; readonly since: number }
  | { readonly phase: 'assigned'; readonly since: number; readonly worker: string }
  | { readonly phase: 'returning'; readonly since: number; readonly worker: string }
  | { readonly phase: 'joined'; readonly since: number; readonly worker: string | undefined }
  | { readonly phase: 'lost'; readonly since: number; readonly reason: string };

/** An agent that belongs in a room. */
export interface AgentState {
  /** Agent name. */
  readonly agent: string;
  /** Display name ("production"); empty if unknown. */
  readonly deployment: string;
  /** Its current or last identity in the room. */
  readonly identity: string | undefined;
  /** Id of its last dispatch, if known. */
  readonly dispatch?: string | undefined;
  /** Other agents of the same name in the room, by identity, with their workers. All but one will leave. */
  readonly duplicates: ReadonlyMap<string, string | undefined>;
  readonly progress: Progress;
  /** How often it was replaced in this call. */
  readonly attempts: number;
  /**
   * If a share dispatched it and it has not joined yet: the deployment that the caller would have got without the share,
   * and since when it is waited for.
   */
  readonly share: { readonly fallback: string; readonly since: number } | undefined;
  /** Deployments that failover replaced by another. An agent of them that joins after all is removed. */
  readonly replaced: readonly string[];
}

/** The state of a room. */
export interface RoomState {
  /** Call ID. */
  readonly call: string;
  readonly sid: string | undefined;
  /** Identities of the callers and colleagues in the room. */
  readonly people: ReadonlySet<string>;
  /** When somebody joined who found nobody there. */
  readonly peopleSince: number;
  /** When the last person hung up; undefined while somebody is there, or if they lost their connection. */
  readonly hungUpAt: number | undefined;
  /** By agent name. */
  readonly agents: ReadonlyMap<string, AgentState>;
  /** Identities of agents that have left. Late events about them are ignored. */
  readonly gone: ReadonlySet<string>;
}

/** A room before its first event. */
export const emptyRoom = (call: string): RoomState => ({
  call,
  sid: undefined,
  people: new Set(),
  peopleSince: 0,
  hungUpAt: undefined,
  agents: new Map(),
  gone: new Set(),
});

/** The room with one agent changed, or removed if `change` is undefined. */
export function withAgent(
  room: RoomState,
  name: string,
  change: Partial<AgentState> | undefined,
): RoomState {
  const agents = new Map(room.agents);
  const known = agents.get(name);
  if (!change) agents.delete(name);
  else if (known) agents.set(name, { ...known, ...change });
  return { ...room, agents };
}

function agentJoined(room: RoomState, { what, arrivedAt }: StoredEvent): RoomState {
  if (what.kind !== 'agent_joined' || room.gone.has(what.identity)) return room;
  const { agent, identity, worker } = what;
  const known = room.agents.get(agent);
  // An agent that was not written for Callboard does not say which deployment it is.
  const deployment = what.deployment || known?.deployment || '';
  const progress = { phase: 'joined', since: arrivedAt, worker } as const;
  const duplicates = duplicatesAfterJoin(known, identity);
  const { attempts = 0, replaced = [] } = known ?? {};
  const agents = new Map(room.agents);
  const joined = { agent, deployment, identity, duplicates, progress, attempts, replaced };
  agents.set(agent, { ...joined, share: undefined });
  return { ...room, agents };
}

/** The room after the process of the agent with this identity has died. */
export const markGone = (room: RoomState, identity: string): RoomState => ({
  ...room,
  gone: new Set([...room.gone, identity]),
});

/** The room with the agent of this identity marked as lost. */
export function markLost(
  room: RoomState,
  identity: string,
  reason: string,
  now: number,
): RoomState {
  const found = [...room.agents.values()].find(
    (one) => one.identity === identity || one.duplicates.has(identity),
  );
  if (!found || found.progress.phase === 'lost') return room;
  const other = withoutDuplicate(found, identity, now);
  if (other) return markGone(withAgent(room, found.agent, other), identity);
  const lost = withAgent(room, found.agent, { progress: { phase: 'lost', since: now, reason } });
  return markGone(lost, identity);
}

/** Handles an agent that is in the room and does not answer: `stuck.ts`. It counts as lost once, and is removed then. */
function agentStuck(room: RoomState, { what, arrivedAt }: StoredEvent): RoomState {
  if (what.kind !== 'stuck' || what.part !== 'agent' || what.done !== 'replaced') return room;
  if (room.gone.has(what.identity)) return room;
  return markLost(room, what.identity, 'it did not answer', arrivedAt);
}

/** Whether an agent in the room is one of our workers, which names itself. */
const isOurs = ({ progress }: AgentState): boolean =>
  progress.phase === 'joined' && progress.worker !== undefined;

function agentLeft(room: RoomState, { what, roomSid, arrivedAt }: StoredEvent): RoomState {
  if (what.kind !== 'agent_left' || room.gone.has(what.identity)) return room;
  const { agent, identity, why } = what;
  const gone = new Set([...room.gone, identity]);
  const known = room.agents.get(agent);
  const other = known && withoutDuplicate(known, identity, arrivedAt);
  if (other) return { ...withAgent(room, agent, other), gone };
  // It has already been replaced.
  if (known?.identity !== identity) return { ...room, gone };
  if (why === 'disconnected') {
    if (room.sid !== roomSid) return markLost(room, identity, NOT_BACK, arrivedAt);
    // LiveKit reports the end of the room next; or its server is down, and the room may restart.
    const progress = { phase: 'returning', since: arrivedAt, worker: '' } as const;
    return { ...withAgent(room, agent, { progress }), gone };
  }
  // An agent of another program does not say why it leaves.
  if (INTENDED.includes(why) || (why === 'left' && !isOurs(known)))
    return { ...withAgent(room, agent, undefined), gone };
  const reason = LOST_REASONS[why] ?? 'its connection was lost';
  return markLost(room, identity, reason, arrivedAt);
}

/**
 * The deployments that were replaced, after a dispatch to this one.
 * @param byFailover whether failover dispatched it in place of the agent that is missing
 */
export function replacedBy(
  known: AgentState | undefined,
  deployment: string,
  byFailover: boolean,
): readonly string[] {
  if (!known) return [];
  const all = byFailover ? [...known.replaced, known.deployment] : known.replaced;
  return [...new Set(all)].filter((one) => one !== deployment);
}

function dispatched(room: RoomState, { what, arrivedAt: since }: StoredEvent): RoomState {
  if (what.kind !== 'dispatched') return room;
  // An agent that hands off waits for the other agent and recovers by itself if that one does not join. It cannot in a new
  // room, to which its caller has moved.
  if (what.by === 'agent' && room.agents.size > 0) return room;
  const { agent, deployment, by, fallback, dispatch } = what;
  const known = room.agents.get(agent);
  // A late event: the agent is already there.
  if (known?.progress.phase === 'joined' && (by === 'token' || by === 'share')) return room;
  // Another program's, which is known once its agent has joined.
  if (by === 'other') return known ? withAgent(room, agent, { deployment }) : room;
  const agents = new Map(room.agents);
  const progress = { phase: 'dispatched', since } as const;
  const { duplicates = new Map(), attempts = 0 } = known ?? {};
  // What happens to the process of a lost agent no longer matters.
  const identity = known?.progress.phase === 'lost' ? undefined : known?.identity;
  const share = fallback === undefined ? undefined : { fallback, since };
  const replaced = replacedBy(known, deployment, by === 'failover');
  const sent = { agent, deployment, identity, duplicates, progress, attempts, share, replaced };
  agents.set(agent, { ...sent, dispatch });
  return { ...room, agents };
}

/** An agent that was on its way does not come. One that is in the room leaves, with an event of its own. */
function dispatchDeleted(room: RoomState, { what }: StoredEvent): RoomState {
  if (what.kind !== 'dispatch_deleted') return room;
  const known = room.agents.get(what.agent);
  const isOnItsWay = known?.progress.phase === 'dispatched' || known?.progress.phase === 'assigned';
  // Another dispatch of the agent may be later. That of a token has no ID here.
  const isLatest = (known?.dispatch ?? what.dispatch) === what.dispatch;
  return isOnItsWay && isLatest ? withAgent(room, what.agent, undefined) : room;
}

/** Handles an error that ends a job before its agent has joined. */
function jobFailed(room: RoomState, { what, source, arrivedAt: since }: StoredEvent): RoomState {
  if (what.kind !== 'error' || what.where !== 'job') return room;
  const worker = workerOfSource(source);
  const failed = [...room.agents.values()].find(
    ({ progress }) => progress.phase === 'assigned' && progress.worker === worker,
  );
  if (!failed) return room;
  const reason = `it could not start: ${what.message}`;
  return withAgent(room, failed.agent, { progress: { phase: 'lost', since, reason } });
}

/**
 * Handles the start of a room. After a server restart, agents that were in the room reconnect, unless they have given up
 * meanwhile.
 */
function roomStarted(room: RoomState, { roomSid: sid, arrivedAt: since }: StoredEvent): RoomState {
  if (sid === undefined || room.sid === sid) return room;
  const again = room.sid !== undefined;
  const agents = new Map(
    [...room.agents].map(([name, one]): [string, AgentState] => {
      const { progress } = one;
      // A token's dispatch starts with the room.
      if (progress.phase === 'dispatched')
        return [
          name,
          { ...one, progress: { ...progress, since }, share: one.share && { ...one.share, since } },
        ];
      if (again && room.gone.has(one.identity ?? '') && progress.phase === 'returning')
        return [name, { ...one, progress: { phase: 'lost', since, reason: NOT_BACK } }];
      if (!again || progress.phase !== 'joined') return [name, one];
      const worker = progress.worker ?? '';
      const returning = { phase: 'returning', since, worker } as const;
      return [name, { ...one, duplicates: new Map(), progress: returning }];
    }),
  );
  return again
    ? { ...room, sid, agents, gone: new Set(), people: new Set() }
    : { ...room, sid, agents };
}

/** The agents that have joined and are not listed. @param identities all participants in the live room */
export const absentAgents = (
  { agents }: RoomState,
  identities: ReadonlySet<string>,
): readonly AgentState[] =>
  [...agents.values()].filter(
    ({ progress, identity }) => progress.phase === 'joined' && !identities.has(identity ?? ''),
  );

/**
 * Corrects the room by what LiveKit lists, in case an event was lost.
 * @param identities all participants in the live room
 */
export function reconciled(
  room: RoomState,
  identities: ReadonlySet<string>,
  now: number,
): RoomState {
  const people = new Set([...room.people].filter((one) => identities.has(one)));
  const agents = new Map(
    [...room.agents].map(([name, one]) => [
      name,
      { ...one, duplicates: presentDuplicates(one, identities) },
    ]),
  );
  return absentAgents(room, identities).reduce<RoomState>(
    (left, { identity = '' }) => markLost(left, identity, 'it is not in the room', now),
    { ...room, people, agents },
  );
}

/** The room after an event; undefined once the room has ended. */
export function applyEvent(before: RoomState, event: StoredEvent): RoomState | undefined {
  const { what, arrivedAt, call = before.call } = event;
  // A worker may report a room before this process knows which call it belongs to.
  const room = isProvisional(before.call) && call !== before.call ? { ...before, call } : before;
  switch (what.kind) {
    case 'room_started':
      return roomStarted(room, event);
    case 'room_finished':
      return room.sid === undefined || room.sid === event.roomSid ? undefined : room;
    case 'ended':
      return what.why === 'goodbye' || what.why === 'caller-left' ? room : undefined;
    case 'person_joined': {
      if (what.role === 'other') return room;
      const people = new Set([...room.people, what.identity]);
      const peopleSince = room.people.size === 0 ? arrivedAt : room.peopleSince;
      return { ...room, people, peopleSince, hungUpAt: undefined };
    }
    case 'person_left': {
      if (STILL_PRESENT.includes(what.why)) return room;
      const people = new Set([...room.people].filter((one) => one !== what.identity));
      const hungUp = people.size === 0 && what.why === 'left';
      return { ...room, people, hungUpAt: hungUp ? arrivedAt : room.hungUpAt };
    }
    case 'dispatched':
      return dispatched(room, event);
    case 'dispatch_deleted':
      return dispatchDeleted(room, event);
    case 'job_assigned': {
      if (room.agents.get(what.agent)?.progress.phase !== 'dispatched') return room;
      const progress = { phase: 'assigned', since: arrivedAt, worker: what.worker } as const;
      const identity = agentIdentity(what.agent, what.job);
      const assigned = withAgent(room, what.agent, { identity, progress });
      if (!room.gone.has(identity)) return assigned;
      return markLost(assigned, identity, 'its process has died', arrivedAt);
    }
    case 'agent_joined':
      return agentJoined(room, event);
    case 'agent_left':
      return agentLeft(room, event);
    case 'stuck':
      return agentStuck(room, event);
    case 'error':
      return jobFailed(room, event);
    case 'failover':
      return withAgent(room, what.agent, { attempts: what.attempt });
    case 'gave_up':
      return withAgent(room, what.agent, undefined);
    default:
      return room;
  }
}

/**
 * IDs of the workers that their jobs report dead. A job notices some hundred milliseconds before the worker's
 * liveness connection counts as lost, and dispatching to a dead worker would waste an attempt.
 */
export function deadWorkers(events: readonly Pick<StoredEvent, 'source' | 'what'>[]): string[] {
  return events.flatMap(({ source, what }) => {
    if (what.kind !== 'agent_left' || what.why !== 'orphaned') return [];
    return workerOfSource(source) ?? what.worker ?? [];
  });
}
