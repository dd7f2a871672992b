// The watcher: follows the events of every call that is on, and when an agent is not where it should
// be, sends another, at most twice, and tells the caller. LiveKit dispatches once and never again.
import { inspect } from 'node:util';
import type { Happening, KeptEvent } from '@/lib/calls/event';
import { isGuessed } from '@/lib/calls/store/rooms-of-calls';
import { tell } from '@/lib/calls/tell/tell';
import { wireDeployment } from '@/lib/core/deployment';
import { Problem } from '@/lib/core/problem';
import { Recent } from '@/lib/core/recent';
import { redact } from '@/lib/core/redact';
import { inTurn } from '@/lib/dispatch/ensure-agent';
import { KIND_AGENT } from '@/lib/dispatch/presence';
import { RETRY_AFTER_S, roomInLine } from '@/lib/dispatch/queue/queues';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { liveWorkers } from '@/lib/livekit/workers';
import type { LifelineOf } from './lifelines';
import { ATTEMPTS_MAX, type Missing, type Need, needs, WORKER_MS } from './needs';
import { type Chosen, deploymentFor, isFull, type Replaced, replace, signal } from './replace';
import {
  emptyRoom,
  loseAgent,
  reconciled,
  seen,
  type WatchedRoom,
  withAgent,
  withGone,
} from './watched-room';

/** Milliseconds between looks at what has become late. */
const LOOK_EVERY_MS = 250;

/** Milliseconds between questions of one room to its line. */
const ASK_LINE_MS = RETRY_AFTER_S * 1_000;

/** Milliseconds in which an agent that was called off may still come: the longest start of a job. */
const CALLED_OFF_MS = 60_000;
/** Identities of such agents that are remembered. */
const CALLED_OFF_MAX = 20_000;

type Joined = Extract<Happening, { kind: 'agent_joined' }>;

/** Watches the rooms of all calls that are on. One for the process. */
export class Watcher {
  readonly #rooms = new Map<string, WatchedRoom>();
  /** Rooms in which something is being done, and since when a worker is waited for. */
  readonly #busy = new Set<string>();
  readonly #waiting = new Map<string, number>();
  /** Rooms whose callers wait in line: since when, and when the line was asked last. */
  readonly #inLine = new Map<string, { readonly since: number; readonly askedAt: number }>();
  /** Identities that agents called off would have. */
  readonly #calledOff = new Recent(CALLED_OFF_MS, CALLED_OFF_MAX);
  readonly #timer: NodeJS.Timeout;

  constructor(readonly livekit: () => LiveKit) {
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Takes in what was told of calls. */
  take(events: readonly KeptEvent[]): void {
    for (const event of events) {
      const { room: name, call = '', what } = event;
      if (what.kind === 'agent_joined' && this.#calledOff.has(what.identity)) {
        void this.#putOut(name, what);
        continue;
      }
      const room = seen(this.#rooms.get(name) ?? emptyRoom(call), event);
      if (room) this.#rooms.set(name, room);
      else this.#forget(name);
    }
    this.look();
  }

  /** A process is gone: the job of its agent with it. @throws {Problem} 503 where LiveKit is away */
  async lost({ job }: LifelineOf): Promise<void> {
    if (!job || !this.#rooms.has(job.room)) return;
    const { rooms } = this.livekit();
    const people = await asked(rooms.listParticipants(job.room), []);
    const room = this.#rooms.get(job.room);
    if (!room) return;
    const agent = [...room.agents.values()].find((one) => one.identity === job.identity);
    if (!agent) {
      // That it took the job is told later.
      this.#rooms.set(job.room, withGone(room, job.identity));
      return;
    }
    // One that has left the room has told, or LiveKit has, why.
    const there = people.some(({ identity }) => identity === job.identity);
    if (agent.progress.phase === 'here' && !there) return;
    this.#rooms.set(job.room, loseAgent(room, job.identity, 'its process has died', Date.now()));
    this.look();
  }

  /** Compares what is watched with what LiveKit has, for what nobody told. @throws {Problem} 503 */
  async reconcile(): Promise<void> {
    if (this.#rooms.size === 0) return;
    const live = new Map(
      (await asked(this.livekit().rooms.listRooms(), [])).map(({ name, sid }) => [name, sid]),
    );
    for (const [name, room] of [...this.#rooms]) {
      const sid = live.get(name);
      if (sid === undefined || (room.sid !== undefined && sid !== room.sid)) {
        // Not yet begun, or being restarted: its own events decide.
        if (room.sid !== undefined && sid === undefined) this.#forget(name);
        continue;
      }
      const people = await asked(this.livekit().rooms.listParticipants(name), []);
      const now = this.#rooms.get(name);
      const identities = new Set(people.map(({ identity }) => identity));
      if (now === room) this.#rooms.set(name, reconciled(room, identities, Date.now()));
    }
    this.look();
  }

  /** Looks at every room, and does what is needed. */
  look(): void {
    const now = Date.now();
    for (const [name, room] of this.#rooms) {
      if (this.#busy.has(name)) continue;
      const [need] = needs(room, now);
      if (need) void this.#do(name, need);
    }
  }

  async #do(name: string, need: Need): Promise<void> {
    this.#busy.add(name);
    try {
      if (need.kind === 'close') await this.#close(name);
      else await this.#mend(name, need);
    } catch (error) {
      const what = error instanceof Problem ? error.detail : inspect(error);
      console.error(redact(`watcher: ${JSON.stringify(name)}: ${what}`));
    } finally {
      this.#busy.delete(name);
    }
  }

  async #close(name: string): Promise<void> {
    const { rooms } = this.livekit();
    const people = await asked(rooms.listParticipants(name), []);
    const known = this.#rooms.get(name);
    this.#forget(name);
    // Whoever is there beside agents still talks.
    if (!known || people.some(({ kind }) => kind !== KIND_AGENT)) return;
    await asked(rooms.deleteRoom(name), undefined);
  }

  async #mend(name: string, missing: Missing): Promise<void> {
    if (missing.agent.attempts >= ATTEMPTS_MAX) return this.#giveUp(name, missing, missing.reason);
    const chosen = deploymentFor(missing, liveWorkers);
    if (!chosen) return this.#wait(name, missing);
    // Nobody took the job: others may have come before. One that was lost goes before all who wait.
    const there =
      missing.agent.progress.phase === 'sent'
        ? await this.#lookAtLine(name, missing, chosen)
        : isFull(missing, chosen, liveWorkers)
          ? 'full'
          : 'free';
    if (there === 'in line') return;
    if (there === 'full') return this.#wait(name, missing);
    this.#waiting.delete(name);
    const done = await inTurn(name, async () => {
      const room = this.#rooms.get(name);
      // Whoever had the turn before may have brought it.
      const still = room && needs(room, Date.now()).some((one) => one.kind === 'missing');
      return still ? replace(this.livekit(), name, room, missing, chosen) : undefined;
    });
    if (done) this.#after(name, missing, done);
  }

  /** Callers who joined when every place was taken wait in line with all others, and are told their place. */
  async #lookAtLine(
    name: string,
    { agent: { agent } }: Missing,
    { deployment }: Chosen,
  ): Promise<'free' | 'in line' | 'full'> {
    const askedAt = Date.now();
    const waits = this.#inLine.get(name);
    if (waits && askedAt - waits.askedAt < ASK_LINE_MS) return 'in line';
    const told = await roomInLine({ agent, deployment: wireDeployment(deployment), room: name });
    if (told.kind === 'full') return 'full';
    const room = this.#rooms.get(name);
    if (!room) return 'in line';
    if (told.kind === 'admitted') {
      this.#inLine.delete(name);
      if (waits) this.#tell(name, room, { kind: 'put_through', ms: askedAt - waits.since });
      return 'free';
    }
    this.#inLine.set(name, { since: waits?.since ?? askedAt, askedAt });
    await signal(this.livekit(), name, { kind: 'in-line', agent, place: told.place });
    return 'in line';
  }

  /** Nobody is live who could come: one that crashed is started again, and one that is full has a place. */
  async #wait(name: string, missing: Missing): Promise<void> {
    const now = Date.now();
    const since = this.#waiting.get(name);
    if (since === undefined) {
      this.#waiting.set(name, now);
      return signal(this.livekit(), name, { kind: 'replacing', agent: missing.agent.agent });
    }
    if (now - since < WORKER_MS) return;
    return this.#giveUp(name, missing, `${missing.reason}, and no worker had a place`);
  }

  #after(name: string, missing: Missing, done: Replaced): void {
    const { agent, attempts } = missing.agent;
    const room = this.#rooms.get(name);
    if (!room) return;
    const since = Date.now();
    if (done.kind === 'over') {
      this.#forget(name);
      return;
    }
    if (done.kind === 'nobody') {
      this.#rooms.set(name, { ...room, people: new Set() });
      return;
    }
    if (done.kind === 'there') {
      const progress = { phase: 'here', since, worker: undefined } as const;
      this.#rooms.set(name, withAgent(room, agent, { identity: done.identity, progress }));
      return;
    }
    for (const identity of done.calledOff) this.#calledOff.set(identity, true);
    const { deployment } = done;
    const attempt = attempts + 1;
    const progress = { phase: 'sent', since } as const;
    this.#rooms.set(name, withAgent(room, agent, { progress, deployment, attempts: attempt }));
    this.#tell(name, room, {
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
    this.#waiting.delete(name);
    this.#rooms.set(name, withAgent(room, agent, undefined));
    this.#tell(name, room, { kind: 'gave_up', agent, deployment, reason });
    const ghost = room.agents.get(agent)?.identity;
    if (ghost) await asked(this.livekit().rooms.removeParticipant(name, ghost), undefined);
    await signal(this.livekit(), name, { kind: 'gave-up', agent });
  }

  #tell(name: string, { call, sid: roomSid }: WatchedRoom, what: Parameters<typeof tell>[1]): void {
    // Under an id that was made up for want of the call's own, it would be a call of its own.
    const known = isGuessed(call) ? undefined : call || undefined;
    tell({ room: name, roomSid, call: known }, what);
  }

  /** One that was called off came all the same; the other is still on its way. */
  async #putOut(room: string, { agent, identity }: Joined): Promise<void> {
    const livekit = this.livekit();
    try {
      await signal(livekit, room, { kind: 'replacing', agent });
      await asked(livekit.rooms.removeParticipant(room, identity), undefined);
    } catch (error) {
      console.error(redact(`watcher: ${inspect(error)}`));
    }
  }

  #forget(name: string): void {
    this.#rooms.delete(name);
    this.#waiting.delete(name);
    this.#inLine.delete(name);
  }
}
