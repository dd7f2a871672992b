// Monitors all active calls. When an agent is missing, it dispatches a replacement, at most twice, and tells
// the caller. LiveKit itself dispatches only once.

import { ParticipantInfo_Kind } from '@livekit/protocol';
import type { AgentDispatch } from 'livekit-server-sdk';
import { listedAgent } from '@/lib/agents/registry';
import { isReporting, reportsJobs } from '@/lib/agents/status';
import type { EventData, EventOf, StoredEvent } from '@/lib/calls/event';
import { addEvent } from '@/lib/calls/ingest/add-event';
import { isProvisional } from '@/lib/calls/store/rooms-of-calls';
import { growingCache } from '@/lib/core/growing-cache';
import {
  CANCELLED_TIMEOUT_MS,
  MAX_ATTEMPTS,
  ON_ITS_WAY_TIMEOUT_MS,
  WORKER_TIMEOUT_MS,
} from '@/lib/core/join-timeouts';
import { logError } from '@/lib/core/log';
import { AgentRemoval, pause } from '@/lib/dispatch/agent-removal';
import { leaveQueue, queueRoom, RETRY_AFTER_S } from '@/lib/dispatch/queue/queues';
import { roomFacts } from '@/lib/dispatch/room-facts';
import { inTurn } from '@/lib/dispatch/send-agent';
import type { DispatchServer } from '@/lib/dispatch/server';
import type { LivenessSource } from '@/lib/failover/liveness';
import {
  type DispatchTarget,
  deploymentFor,
  isFull,
  presentAgent,
  type ReplaceResult,
  replace,
  signal,
} from '@/lib/failover/replace';
import {
  type Missing,
  type RequiredAction,
  requiredActions,
} from '@/lib/failover/required-actions';
import {
  absentAgents,
  applyEvent,
  emptyRoom,
  markGone,
  markLost,
  type RoomState,
  reconciled,
  replacedBy,
  withAgent,
} from '@/lib/failover/room-state';
import { callLiveKit } from '@/lib/livekit/clients';
import { liveWorkers } from '@/lib/livekit/workers';

/** Milliseconds between checks for overdue agents. */
const CHECK_EVERY_MS = 250;

/** Milliseconds before a failed action is repeated: LiveKit may be down for longer. */
const RETRY_MS = 1_000;

/** Milliseconds in which the event of an agent that LiveKit no longer lists arrives: they are stored every 250 ms. */
const EVENT_MS = 2_000;

/** Milliseconds between requests to the queue for one room. */
const QUEUE_REQUEST_MS = RETRY_AFTER_S * 1_000;

/** How many identities of cancelled agents are remembered. */
const CANCELLED_MAX = 20_000;

type Joined = EventOf<'agent_joined'>;

/** A room in the queue of its agent: since when, and the time of the last request to the queue. */
interface Waits {
  readonly agent: string;
  readonly deployment: string;
  readonly since: number;
  readonly askedAt: number;
}

/** Monitors the rooms of all active calls. One for each process. */
export class FailoverMonitor {
  readonly #rooms = new Map<string, RoomState>();
  /** Rooms with an action in progress, and the time since which a room waits for a worker. */
  readonly #busy = new Set<string>();
  readonly #waitingForWorker = new Map<string, number>();
  /** Rooms whose callers are queued. */
  readonly #queued = new Map<string, Waits>();
  /** Identities of agents whose dispatches were cancelled. */
  readonly #cancelled = growingCache<true>(CANCELLED_TIMEOUT_MS, CANCELLED_MAX);
  /** By room: cancelled dispatches whose agents have no known identity. */
  readonly #unlisted = growingCache<readonly AgentDispatch[]>(CANCELLED_TIMEOUT_MS, CANCELLED_MAX);
  readonly #timer: NodeJS.Timeout;
  readonly #live = (agent: string, deployment: string) =>
    liveWorkers(this.server, agent, deployment);
  readonly #isReporting = (agent: string, deployment: string) =>
    isReporting(this.server, agent, deployment);
  readonly #reportsJobs = (agent: string) => reportsJobs(this.server, agent);

  constructor(readonly server: DispatchServer) {
    this.#timer = setInterval(() => this.check(), CHECK_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Applies events of calls. */
  take(events: readonly StoredEvent[]): void {
    for (const event of events) {
      const { room: name, call = '', what } = event;
      if (what.kind === 'agent_joined' && this.#isReplaced(name, what)) {
        void this.#removeAgent(name, what);
        continue;
      }
      if (what.kind === 'agent_joined') this.#keepOut(event);
      const room = applyEvent(this.#rooms.get(name) ?? emptyRoom(call), event);
      if (room) this.#rooms.set(name, room);
      else this.#forget(name);
      if (!this.#mayQueue(name)) this.#leaveQueue(name);
    }
    this.check();
  }

  /** Whether an agent was replaced before it joined. */
  #isReplaced(name: string, { agent, deployment, identity }: Joined): boolean {
    const replaced = this.#rooms.get(name)?.agents.get(agent)?.replaced;
    return this.#cancelled.has(identity) || Boolean(replaced?.includes(deployment));
  }

  /** Removes an agent that has joined by a dispatch whose job LiveKit did not list when it was cancelled. */
  #keepOut({ room: name, roomSid: sid }: StoredEvent): void {
    if (sid === undefined) return;
    for (const dispatch of this.#unlisted.get(name) ?? []) {
      const removal = new AgentRemoval(this.server.livekit, { name, sid }, dispatch);
      void removal.keepOut(ON_ITS_WAY_TIMEOUT_MS);
    }
  }

  /** Handles a process that has died, and with it the job of its agent. @throws {Problem} 503 if LiveKit is unavailable */
  async lost({ job }: LivenessSource): Promise<void> {
    if (!job || !this.#rooms.has(job.room)) return;
    const { rooms } = this.server.livekit;
    const people = await callLiveKit(rooms.listParticipants(job.room), []);
    const room = this.#rooms.get(job.room);
    if (!room) return;
    const agent = [...room.agents.values()].find((one) => one.identity === job.identity);
    if (!agent) {
      // The event that it accepted the job comes later.
      this.#rooms.set(job.room, markGone(room, job.identity));
      return;
    }
    // If it has left the room, its own event or LiveKit's gives the reason.
    const there = people.some(({ identity }) => identity === job.identity);
    if (agent.progress.phase === 'joined' && !there) return;
    this.#rooms.set(job.room, markLost(room, job.identity, 'its process has died', Date.now()));
    this.check();
  }

  /** Compares the monitored rooms with LiveKit's, in case an event was lost. @throws {Problem} 503 */
  async reconcile(): Promise<void> {
    if (this.#rooms.size === 0) return;
    const live = new Map(
      (await callLiveKit(this.server.livekit.rooms.listRooms(), [])).map(({ name, sid }) => [
        name,
        sid,
      ]),
    );
    const incomplete: [string, RoomState][] = [];
    for (const [name, room] of [...this.#rooms]) {
      const sid = live.get(name);
      if (sid === undefined || (room.sid !== undefined && sid !== room.sid)) {
        // The room has not started yet, or is restarting: its own events decide.
        if (room.sid !== undefined && sid === undefined) this.#forget(name);
        continue;
      }
      const identities = await this.#identities(name);
      if (absentAgents(room, identities).length > 0) incomplete.push([name, room]);
      else this.#correct(name, room, identities);
    }
    if (incomplete.length > 0) await pause(EVENT_MS);
    for (const [name, room] of incomplete) {
      this.#correct(name, room, await this.#identities(name));
    }
    this.check();
  }

  /** Corrects a room, unless an event has changed it since. */
  #correct(name: string, room: RoomState, identities: ReadonlySet<string>): void {
    if (this.#rooms.get(name) !== room) return;
    this.#rooms.set(name, reconciled(room, identities, Date.now()));
  }

  /** Identities of the participants that LiveKit lists. */
  async #identities(room: string): Promise<ReadonlySet<string>> {
    const people = await callLiveKit(this.server.livekit.rooms.listParticipants(room), []);
    return new Set(people.map(({ identity }) => identity));
  }

  /** Checks every room and starts the required actions. */
  check(): void {
    const now = Date.now();
    for (const [name, room] of this.#rooms) {
      if (this.#busy.has(name)) continue;
      const [action] = requiredActions(room, now, this.#reportsJobs);
      if (action) void this.#run(name, action);
    }
  }

  async #run(name: string, action: RequiredAction): Promise<void> {
    this.#busy.add(name);
    try {
      if (action.kind === 'close') await this.#close(name);
      else await this.#replaceAgent(name, action);
    } catch (error) {
      logError(`failover: ${JSON.stringify(name)}`, error);
      await pause(RETRY_MS);
    } finally {
      this.#busy.delete(name);
    }
  }

  async #close(name: string): Promise<void> {
    const { rooms } = this.server.livekit;
    const people = await callLiveKit(rooms.listParticipants(name), []);
    const known = this.#rooms.get(name);
    this.#forget(name);
    // Another person in the room may still be talking.
    if (!known || people.some(({ kind }) => kind !== ParticipantInfo_Kind.AGENT)) return;
    await callLiveKit(rooms.deleteRoom(name), undefined);
  }

  async #replaceAgent(name: string, missing: Missing): Promise<void> {
    if (missing.agent.attempts >= MAX_ATTEMPTS) return this.#giveUp(name, missing, missing.reason);
    const { agent } = missing.agent;
    const reports = this.#isReporting(agent, missing.deployment);
    // An agent that others dispatched, who may replace it themselves.
    if (!reports && !listedAgent(this.server, agent)) return this.#leave(name, agent);
    const target = deploymentFor(missing, this.#live, this.#isReporting);
    if (!target)
      return reports ? this.#wait(name, missing) : this.#giveUp(name, missing, missing.reason);
    const queueState = await this.#queueState(name, missing, target);
    if (queueState === 'queued') return;
    if (queueState === 'full') return this.#wait(name, missing);
    this.#waitingForWorker.delete(name);
    const result = await inTurn(this.server, name, async () => {
      const room = this.#rooms.get(name);
      // A request that had its turn earlier may have brought the agent.
      const still =
        room &&
        requiredActions(room, Date.now(), this.#reportsJobs).some((one) => one.kind === 'missing');
      return still ? replace(this.server, name, room, missing, target) : undefined;
    });
    if (result) this.#after(name, missing, result);
  }

  /** No longer monitors an agent. */
  #leave(name: string, agent: string): void {
    const room = this.#rooms.get(name);
    if (room) this.#rooms.set(name, withAgent(room, agent, undefined));
  }

  /** Whether there is a worker for the replacement. */
  async #queueState(name: string, missing: Missing, target: DispatchTarget) {
    // It may be there without having named itself, which `replace` finds out.
    if (missing.agent.share) return 'free';
    // Nobody knows whether it has a place.
    if (!this.#isReporting(missing.agent.agent, target.deployment)) return 'free';
    // If no worker accepted the job, other callers may be ahead in the queue. A lost agent goes first.
    if (missing.agent.progress.phase === 'dispatched')
      return this.#checkQueue(name, missing, target);
    return isFull(missing, target, this.#live) ? 'full' : 'free';
  }

  /** Whether a queued caller still waits for a worker to accept the job. */
  #mayQueue(name: string): boolean {
    const room = this.#rooms.get(name);
    const agent = room?.agents.get(this.#queued.get(name)?.agent ?? '');
    return agent?.progress.phase === 'dispatched' && (room?.people.size ?? 0) > 0;
  }

  /** Gives up the position of a room, if it has one, so that those after it move up. */
  #leaveQueue(name: string): void {
    const waits = this.#queued.get(name);
    if (!waits) return;
    this.#queued.delete(name);
    const { agent, deployment } = waits;
    leaveQueue(this.server, { agent, deployment, room: name }).catch((error) =>
      logError(`failover: ${JSON.stringify(name)} stays in the queue until it expires`, error),
    );
  }

  /** Queues callers who joined while all agents were busy, and tells them their position. */
  async #checkQueue(
    name: string,
    missing: Missing,
    { deployment }: DispatchTarget,
  ): Promise<'free' | 'queued' | 'full'> {
    const { agent } = missing.agent;
    const askedAt = Date.now();
    const waits = this.#queued.get(name);
    if (waits && askedAt - waits.askedAt < QUEUE_REQUEST_MS) return 'queued';
    // The event that it has joined may be late, and others would wait behind this room.
    if (presentAgent(await roomFacts(this.server.livekit, name), missing)) return 'free';
    const result = await queueRoom(this.server, { agent, deployment, room: name });
    if (result.kind === 'full') return 'full';
    this.#queued.set(name, { agent, deployment, since: waits?.since ?? askedAt, askedAt });
    const room = this.#rooms.get(name);
    if (!room || !this.#mayQueue(name)) {
      this.#leaveQueue(name);
      return 'queued';
    }
    if (result.kind === 'admitted') {
      this.#queued.delete(name);
      if (waits) this.#addEvent(name, room, { kind: 'put_through', ms: askedAt - waits.since });
      return 'free';
    }
    await signal(this.server.livekit, name, { kind: 'queued', agent, position: result.position });
    return 'queued';
  }

  /** Waits for a worker: one that crashed restarts, or a full one finishes a job. */
  async #wait(name: string, missing: Missing): Promise<void> {
    const now = Date.now();
    const since = this.#waitingForWorker.get(name);
    if (since === undefined) {
      this.#waitingForWorker.set(name, now);
      return signal(this.server.livekit, name, { kind: 'replacing', agent: missing.agent.agent });
    }
    if (now - since < WORKER_TIMEOUT_MS) return;
    return this.#giveUp(name, missing, `${missing.reason}, and no worker had a place`);
  }

  #after(name: string, missing: Missing, result: ReplaceResult): void {
    const { agent, attempts } = missing.agent;
    const room = this.#rooms.get(name);
    if (!room) return;
    const since = Date.now();
    if (result.kind === 'ended') {
      this.#forget(name);
      return;
    }
    if (result.kind === 'no caller') {
      this.#rooms.set(name, { ...room, people: new Set() });
      return;
    }
    if (result.kind === 'present') {
      const progress = { phase: 'joined', since, worker: undefined } as const;
      const { identity } = result;
      this.#rooms.set(name, withAgent(room, agent, { identity, progress, share: undefined }));
      this.#leaveQueue(name);
      return;
    }
    for (const identity of result.cancelled) this.#cancelled.set(identity, true);
    if (result.unlisted.length > 0) this.#unlisted.set(name, result.unlisted);
    const { deployment } = result;
    const attempt = attempts + 1;
    const progress = { phase: 'dispatched', since } as const;
    const replaced = replacedBy(missing.agent, deployment, true);
    const known = room.agents.get(agent)?.identity;
    // What happens to the process of the missing agent no longer matters.
    const identity = known === missing.agent.identity ? undefined : known;
    const change = {
      progress,
      deployment,
      identity,
      attempts: attempt,
      share: undefined,
      replaced,
    };
    this.#rooms.set(name, withAgent(room, agent, change));
    this.#addEvent(name, room, {
      kind: 'failover',
      agent,
      deployment,
      attempt,
      reason: missing.reason,
    });
  }

  async #giveUp(
    name: string,
    { agent: { agent, deployment } }: Missing,
    reason: string,
  ): Promise<void> {
    const room = this.#rooms.get(name);
    if (!room) return;
    this.#waitingForWorker.delete(name);
    this.#rooms.set(name, withAgent(room, agent, undefined));
    this.#addEvent(name, room, { kind: 'gave_up', agent, deployment, reason });
    const ghost = room.agents.get(agent)?.identity;
    if (ghost)
      await callLiveKit(this.server.livekit.rooms.removeParticipant(name, ghost), undefined);
    await signal(this.server.livekit, name, { kind: 'gave-up', agent });
  }

  #addEvent(name: string, { call, sid: roomSid }: RoomState, what: EventData): void {
    // A provisional call ID would create a separate call.
    const known = isProvisional(call) ? undefined : call || undefined;
    addEvent(this.server, { room: name, roomSid, call: known }, what);
  }

  /** Removes an agent that joined although its dispatch was cancelled. Its replacement is on the way. */
  async #removeAgent(room: string, { agent, identity }: Joined): Promise<void> {
    const livekit = this.server.livekit;
    try {
      await signal(livekit, room, { kind: 'replacing', agent });
      await callLiveKit(livekit.rooms.removeParticipant(room, identity), undefined);
    } catch (error) {
      logError('failover', error);
    }
  }

  #forget(name: string): void {
    this.#rooms.delete(name);
    this.#waitingForWorker.delete(name);
    this.#leaveQueue(name);
  }
}
