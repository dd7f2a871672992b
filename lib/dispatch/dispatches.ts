// The dispatches of a room: list, show and delete them, and bring an agent into a room unless it is already there
// (LiveKit would add another with each dispatch). Used by the token route, the API, rules and failover.
import { setTimeout as pause } from 'node:timers/promises';
import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import { Problem } from '@/lib/core/problem';
import { AGENT_ATTRIBUTES, type Leaving } from '@/lib/livekit/attributes';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { createDispatch } from '@/lib/livekit/dispatch';
import { keepLanguage } from './caller-language';
import type { CheckedAgent } from './checks';
import { keepCaller } from './known-caller';
import { keepLetta } from './letta-choice';
import { agentOf, presentDispatch } from './presence';
import { type DispatchedBy, recordDispatch } from './request-events';
import { requireLiveRoom, requireLiveWorker, roomFacts } from './room-facts';
import { openRoom } from './rooms';
import { dispatchView } from './views';

/**
 * All dispatches of a room, oldest first (LiveKit returns them in no order). LiveKit's own dispatch without an
 * agent name is omitted until an agent has joined by it.
 * @throws {Problem} 404 if the room is not live.
 */
export async function listDispatches(livekit: LiveKit, room: string) {
  await requireLiveRoom(livekit, room);
  const { people, dispatches } = await roomFacts(livekit, room);
  const age = ({ state }: (typeof dispatches)[number]) => state?.createdAt ?? 0n;
  return dispatches
    .toSorted((a, b) => Number(age(a) - age(b)))
    .map((dispatch) => dispatchView(dispatch, people, Date.now()))
    .filter(({ agent, jobs }) => agent !== '' || jobs.length > 0);
}

/** One dispatch, and the participants of its room. @throws {Problem} 404 */
async function requireDispatch(livekit: LiveKit, room: string, id: string) {
  await requireLiveRoom(livekit, room);
  const { people, dispatches } = await roomFacts(livekit, room);
  const dispatch = dispatches.find((one) => one.id === id);
  if (!dispatch) throw unknownDispatch();
  return { dispatch, people };
}

/**
 * One dispatch of a room.
 * @throws {Problem} 404 if the room is not live or has no such dispatch.
 */
export async function showDispatch(livekit: LiveKit, room: string, id: string) {
  const { dispatch, people } = await requireDispatch(livekit, room, id);
  return dispatchView(dispatch, people, Date.now());
}

/**
 * Deletes a dispatch and removes its agent; the room and its participants stay. LiveKit removes the agent before it can
 * say anything, so this first sets the agent's attribute that tells the room it leaves on request.
 * @throws {Problem} 404 if the room is not live or has no such dispatch.
 */
export async function removeDispatch(livekit: LiveKit, room: string, id: string): Promise<void> {
  const { dispatch, people } = await requireDispatch(livekit, room, id);
  const leaving: Leaving = 'shutdown';
  const attributes = { [AGENT_ATTRIBUTES.leaving]: leaving };
  for (const job of dispatch.state?.jobs ?? []) {
    const agent = agentOf(job, people);
    if (!agent) continue;
    const marking = livekit.rooms.updateParticipant(room, agent.identity, { attributes });
    await asked(marking, undefined);
  }
  const removing = livekit.dispatches.deleteDispatch(id, room).then(() => true);
  if (!(await asked(removing, false))) throw unknownDispatch();
}

const unknownDispatch = () =>
  new Problem(
    'unknown-dispatch',
    'It does not exist or was deleted. List the room to see its dispatches.',
  );

/** Options of a dispatch. */
export interface DispatchOptions {
  /** Dispatch even if no worker is live. */
  readonly force?: boolean;
  /** Create the room if it does not exist. */
  readonly open?: boolean;
  /** The kind of client. */
  readonly by?: 'page' | 'api';
}

/** Creates the room with the agent; undefined if the room is already live. */
async function openWith(livekit: LiveKit, room: string, agent: CheckedAgent, by: 'page' | 'api') {
  const opened = await openRoom(livekit, { name: room, agents: [agent] }, by);
  return opened?.dispatches[0]?.id;
}

/**
 * Dispatches the agent. An agent that is already in the room or on its way is not dispatched again, as LiveKit
 * would: `created` is then false, and the response has the existing dispatch.
 * @throws {Problem} 409 if no worker is live, 404 if the room does not exist and is not to be created,
 * 503 if LiveKit does not respond.
 */
export async function dispatchAgent(
  livekit: LiveKit,
  room: string,
  agent: CheckedAgent,
  { force = false, open = false, by = 'api' }: DispatchOptions,
) {
  if (!force) requireLiveWorker(agent);
  if (!open) await requireLiveRoom(livekit, room);
  const opened = open ? await openWith(livekit, room, agent, by) : undefined;
  const sent = opened
    ? { dispatchId: opened, existing: false }
    : await ensureAgent(livekit, { ...agent, room, agent: agent.name, by });
  const who = `${agent.name} (${agent.deployment})`;
  return {
    created: !sent.existing,
    answer: {
      success: true,
      room,
      message: sent.existing
        ? `${agent.name} is already in the room or on its way. No second agent was dispatched.`
        : `${who} was dispatched to the room.`,
      dispatch_id: sent.dispatchId,
      room_existed: !opened,
    },
  };
}

/** An agent that should be in a room. */
export interface WantedAgent extends Omit<SentAgent, 'roomSid'> {
  /** Whether any other agent in the room is good enough. */
  readonly orAny?: boolean;
}

/** The result. */
export interface EnsuredAgent {
  /** Empty if the agent is there without a dispatch: see `presentDispatch`. */
  readonly dispatchId: string;
  /** Whether it was already there or on its way. */
  readonly existing: boolean;
}

/** Runs `work` while nothing else in this process dispatches agents to the room. */
export function inTurn<T>(room: string, work: () => Promise<T>): Promise<T> {
  return oneAtATime(`agents of ${room}`, work);
}

/**
 * Ensures that the agent is in the room or on its way: one of a name, whatever its deployment. Runs one at a
 * time per room in this process, so that concurrent requests never add two agents. "On its way" compares
 * LiveKit's clock with ours; they must agree within seconds.
 * @throws {Problem} 404 if LiveKit does not know the room, 503 if it does not respond.
 */
export function ensureAgent(livekit: LiveKit, want: WantedAgent): Promise<EnsuredAgent> {
  const { room, agent, deployment, metadata, orAny, by } = want;
  return inTurn(room, async () => {
    const facts = await roomFacts(livekit, room);
    const present = presentDispatch(facts, orAny ? undefined : agent, Date.now());
    if (present !== undefined) return { dispatchId: present, existing: true };
    const dispatchId = await sendAgent(livekit, {
      room,
      agent,
      deployment,
      metadata: keepCall(metadata, agent, facts.dispatches),
      by,
    });
    if (dispatchId === undefined) throw new Problem('unknown-room', 'It has just ended.');
    return { dispatchId, existing: false };
  });
}

/** An agent to dispatch to a live room. LiveKit would create a room that is not live. */
export interface SentAgent {
  readonly room: string;
  /** The room's SID, if known. */
  readonly roomSid?: string;
  /** Agent name. */
  readonly agent: string;
  readonly deployment: string;
  readonly metadata: string;
  readonly by: DispatchedBy;
}

/**
 * Milliseconds to wait for LiveKit to cancel a job: it takes 3 s if the worker is dead. If its agent joins after all,
 * failover removes it.
 */
const CANCEL_MS = 300;

/**
 * Dispatches the agent.
 * @returns ID of its dispatch; undefined if the room has just ended
 * @throws {Problem} 503 if LiveKit does not respond
 */
export async function sendAgent(
  { dispatches }: LiveKit,
  { room, roomSid, agent, deployment, metadata, by }: SentAgent,
): Promise<string | undefined> {
  const creating = createDispatch(dispatches, room, { name: agent, deployment, metadata });
  const made = await asked(creating, undefined);
  if (!made) return undefined;
  recordDispatch({ room, roomSid }, { name: agent, deployment }, by, made.id);
  return made.id;
}

/** Cancels dispatches as far as LiveKit does so at once. Calls `failed` for each that it could not cancel. */
export async function cancelDispatches(
  { dispatches }: LiveKit,
  room: string,
  ids: readonly string[],
  failed: (id: string, error: unknown) => void,
): Promise<void> {
  const calling = ids.map((id) =>
    asked(dispatches.deleteDispatch(id, room), undefined).catch((error) => failed(id, error)),
  );
  await Promise.race([Promise.all(calling), pause(CANCEL_MS, undefined, { ref: false })]);
}

/** An earlier dispatch. */
interface Earlier {
  readonly agentName: string;
  readonly metadata: string;
}

/** Metadata for another dispatch of `agent`: with the call's language and caller, and the agent's Letta choice. */
export function keepCall(metadata: string, agent: string, earlier: readonly Earlier[]): string {
  const own = earlier.filter(({ agentName }) => agentName === agent);
  return keepCaller(keepLanguage(keepLetta(metadata, own), earlier), earlier);
}
