// Brings another agent in the place of one that is missing: never two at once, to a worker that is
// live, with the talk so far. What LiveKit says of the room just now decides, not what was told before.
import { inspect } from 'node:util';
import type { ParticipantInfo } from 'livekit-server-sdk';
import { readTimeline } from '@/lib/calls/store/store';
import { PRODUCTION, wireDeployment } from '@/lib/core/deployment';
import { redact } from '@/lib/core/redact';
import { serverConfig } from '@/lib/core/server-config';
import { type Passed, readBrief, writeBrief } from '@/lib/dispatch/handoff-context';
import { keepCall } from '@/lib/dispatch/keep-call';
import { metadataObject } from '@/lib/dispatch/metadata';
import { agentsIn, milliseconds, seen, stays } from '@/lib/dispatch/presence';
import { capacityOf } from '@/lib/dispatch/queue/capacity';
import { liveRoom, type RoomFacts, roomFacts } from '@/lib/dispatch/room-facts';
import { callOff, sendAgent } from '@/lib/dispatch/send-agent';
import {
  agentIdentity,
  agentNameOf,
  WATCH_TOPIC,
  type WatchSignal,
} from '@/lib/livekit/attributes';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { historyOf } from './history';
import type { Missing } from './needs';
import type { WatchedRoom } from './watched-room';

/** What came of it. */
export type Replaced =
  /** Another agent was sent for. */
  | { readonly kind: 'sent'; readonly deployment: string; readonly calledOff: readonly string[] }
  /** The agent is there after all. */
  | { readonly kind: 'there'; readonly identity: string }
  /** Nobody is there to talk with. */
  | { readonly kind: 'nobody' }
  /** The room has ended. */
  | { readonly kind: 'over' };

/** Where to send for it: the deployment by its shown name, and the worker that is not to take it. */
export interface Chosen {
  readonly deployment: string;
  readonly avoid: string | undefined;
}

/** Tells the people of a room what is done for them. A page that cannot be told shows what it sees. */
export async function signal(livekit: LiveKit, room: string, what: WatchSignal): Promise<void> {
  const data = new TextEncoder().encode(JSON.stringify(what));
  // `livekit.DataPacket.Kind.RELIABLE`, which the SDK does not export.
  await asked(livekit.rooms.sendData(room, data, 0, { topic: WATCH_TOPIC }), undefined);
}

/** Where to send for it: its own deployment, or production where only that has a live worker. */
export function deploymentFor(
  { agent, avoid }: Missing,
  live: (agent: string, wire: string) => readonly { readonly worker: string }[],
): Chosen | undefined {
  const choices = [...new Set([agent.deployment, PRODUCTION])];
  const others = choices.find((one) =>
    live(agent.agent, wireDeployment(one)).some(({ worker }) => worker !== avoid),
  );
  if (others) return { deployment: others, avoid };
  // Better the one that failed than nobody.
  const any = choices.find((one) => live(agent.agent, wireDeployment(one)).length > 0);
  return any === undefined ? undefined : { deployment: any, avoid: undefined };
}

/**
 * Whether no worker of that choice has a place as LiveKit knows it, which a job that just died held: LiveKit
 * would send to nobody, and not say so.
 */
export function isFull(
  { agent: { agent } }: Missing,
  { deployment, avoid }: Chosen,
  live: (agent: string, wire: string) => readonly WorkerReport[],
): boolean {
  const workers = live(agent, wireDeployment(deployment));
  return capacityOf(workers.filter(({ worker }) => worker !== avoid)).free === 0;
}

const isOf =
  (name: string) =>
  ({ attributes }: ParticipantInfo) =>
    agentNameOf(attributes) === name;

/** The agent of that name which is there and stays, and is not the one that was lost. */
function standing({ people }: RoomFacts, { agent }: Missing): ParticipantInfo | undefined {
  const lost = agent.progress.phase === 'lost' ? agent.identity : undefined;
  return agentsIn(people)
    .filter(isOf(agent.agent))
    .find((one) => one.identity !== lost && stays(one));
}

/** Calls off what was sent for this agent, and puts its ghost out. Resolves with the jobs called off. */
async function clear(livekit: LiveKit, room: string, facts: RoomFacts, name: string) {
  const old = facts.dispatches.filter(({ agentName }) => agentName === name);
  const ghosts = agentsIn(facts.people).filter(isOf(name));
  const callingOff = callOff(
    livekit,
    room,
    old.map(({ id }) => id),
    (id, error) =>
      console.error(redact(`watcher: ${id} could not be called off: ${inspect(error)}`)),
  );
  await Promise.all([
    callingOff,
    ...ghosts.map(({ identity }) =>
      // LiveKit lists who was on a node that is gone for as long as the room lasts, and can put out
      // nobody of them.
      asked(livekit.rooms.removeParticipant(room, identity), undefined).catch((error) =>
        console.error(redact(`watcher: ${identity} could not be put out: ${inspect(error)}`)),
      ),
    ),
  ]);
  return old.flatMap(({ state }) => (state?.jobs ?? []).map(({ id }) => agentIdentity(name, id)));
}

/** The talk so far; empty where the calls cannot be read: the agent then begins anew. */
async function historyOfCall(call: string): Promise<Passed[]> {
  try {
    const timeline = await readTimeline(call);
    return timeline ? historyOf(timeline) : [];
  } catch (error) {
    console.error(redact(`watcher: the talk so far cannot be read: ${error}`));
    return [];
  }
}

/**
 * The metadata for the successor: with what was asked for first, where nothing was said yet. And with a
 * brief, without which a worker may take it for one that comes back by itself.
 */
async function metadataFor(
  name: string,
  room: WatchedRoom,
  facts: RoomFacts,
  missing: Missing,
  avoid?: string,
) {
  const signing = { room: name, secret: serverConfig().LIVEKIT_API_SECRET };
  const history = await historyOfCall(room.call);
  const sent = facts.dispatches
    .filter(({ agentName }) => agentName === missing.agent.agent)
    .sort(
      (a, b) => milliseconds(a.state?.createdAt ?? 0n) - milliseconds(b.state?.createdAt ?? 0n),
    );
  const first = sent[0]?.metadata ?? '';
  const told = metadataObject(first);
  // Told by another agent, or in words of the project's own.
  if (history.length === 0 && !avoid && (!told || readBrief(first, signing))) return first;
  const brief = writeBrief({ kind: 'resume', history, avoid }, signing);
  const all = history.length === 0 ? { ...told, ...metadataObject(brief) } : undefined;
  return keepCall(all ? JSON.stringify(all) : brief, missing.agent.agent, facts.dispatches);
}

/**
 * Sends another agent of that name, unless there is one. In turn with all others who send agents.
 * @throws {Problem} 503 where LiveKit does not answer
 */
export async function replace(
  livekit: LiveKit,
  name: string,
  room: WatchedRoom,
  missing: Missing,
  { deployment, avoid }: Chosen,
): Promise<Replaced> {
  const live = await liveRoom(livekit, name);
  if (!live || (room.sid !== undefined && live.sid !== room.sid)) return { kind: 'over' };
  const facts = await roomFacts(livekit, name);
  const people = seen(facts.people).filter(({ identity }) => room.people.has(identity));
  if (people.length === 0) return { kind: 'nobody' };
  const there = standing(facts, missing);
  if (there) return { kind: 'there', identity: there.identity };
  const { agent } = missing.agent;
  const [metadata, calledOff] = await Promise.all([
    metadataFor(name, room, facts, missing, avoid),
    clear(livekit, name, facts, agent),
    signal(livekit, name, { kind: 'replacing', agent }),
  ]);
  const sent = await sendAgent(livekit, {
    room: name,
    roomSid: live.sid,
    agent,
    deployment: wireDeployment(deployment),
    metadata,
    by: 'watcher',
  });
  if (sent === undefined) return { kind: 'over' };
  return { kind: 'sent', deployment, calledOff };
}
