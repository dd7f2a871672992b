// Replaces a missing agent: never with two agents at once, on a live worker, with the conversation so far.
// The current state of the room at LiveKit decides, not earlier events.

import type { AgentDispatch, ParticipantInfo } from 'livekit-server-sdk';
import type { Timeline } from '@/lib/calls/call';
import type { CallsServer } from '@/lib/calls/server';
import { readTimeline } from '@/lib/calls/store/store';
import type { Ground } from '@/lib/cluster/ground';
import { PRODUCTION } from '@/lib/core/deployment';
import { logError } from '@/lib/core/log';
import {
  type HistoryItem,
  readHandoffContext,
  writeHandoffContext,
} from '@/lib/dispatch/handoff-context';
import { metadataObject } from '@/lib/dispatch/metadata';
import { agentsNamed, isStaying, milliseconds, visibleParticipants } from '@/lib/dispatch/presence';
import { capacityOf } from '@/lib/dispatch/queue/capacity';
import { liveRoom, type RoomFacts, roomFacts } from '@/lib/dispatch/room-facts';
import { cancelDispatches, keepAttributes, keepCall, sendAgent } from '@/lib/dispatch/send-agent';
import type { IsReporting, Missing } from '@/lib/failover/required-actions';
import type { RoomState } from '@/lib/failover/room-state';
import { agentIdentity, FAILOVER_TOPIC, type FailoverSignal } from '@/lib/livekit/attributes';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';
import type { WorkerReport } from '@/lib/livekit/worker-report';

/** The result of a replacement. */
export type ReplaceResult =
  /** A replacement agent was dispatched. */
  | {
      readonly kind: 'dispatched';
      readonly deployment: string;
      readonly cancelled: readonly string[];
      /** Cancelled dispatches without a job in LiveKit's list. Their agents may join all the same. */
      readonly unlisted: readonly AgentDispatch[];
    }
  /** The agent is in the room after all. */
  | { readonly kind: 'present'; readonly identity: string }
  /** No caller is in the room. */
  | { readonly kind: 'no caller' }
  /** The room has ended. */
  | { readonly kind: 'ended' };

/** Where to dispatch: a deployment, and a worker that must not take the job. */
export interface DispatchTarget {
  readonly deployment: string;
  readonly avoid: string | undefined;
}

/** Tells the room's participants what failover does. Pages that miss it fall back to what they see. */
export async function signal(livekit: LiveKit, room: string, what: FailoverSignal): Promise<void> {
  const data = new TextEncoder().encode(JSON.stringify(what));
  // `livekit.DataPacket.Kind.RELIABLE`, which the SDK does not export.
  await callLiveKit(livekit.rooms.sendData(room, data, 0, { topic: FAILOVER_TOPIC }), undefined);
}

/**
 * The deployment to try first, or production if only that has a live worker. One whose workers do not report is tried once: if
 * no agent joins from there then either, it is not there. Undefined if there is none, or if nobody knows which deployment the
 * agent was of: any would be a guess.
 */
export function deploymentFor(
  { agent, avoid, deployment }: Missing,
  live: (agent: string, wire: string) => readonly { readonly worker: string }[],
  isReporting: IsReporting,
): DispatchTarget | undefined {
  if (deployment === '') return undefined;
  // Without the share it would have been dispatched there too, whether its workers report or not.
  if (agent.share) return { deployment, avoid: undefined };
  const isTried = agent.attempts > 0 && agent.progress.phase === 'dispatched';
  if (!isReporting(agent.agent, deployment) && !isTried) return { deployment, avoid: undefined };
  const choices = [...new Set([deployment, PRODUCTION])];
  const others = choices.find((one) =>
    live(agent.agent, one).some(({ worker }) => worker !== avoid),
  );
  if (others) return { deployment: others, avoid };
  // Prefer the worker that failed over none at all.
  const any = choices.find((one) => live(agent.agent, one).length > 0);
  return any === undefined ? undefined : { deployment: any, avoid: undefined };
}

/**
 * Whether LiveKit considers all suitable workers full. It counts a job that just died as running, and would
 * silently dispatch to no worker.
 */
export function isFull(
  { agent: { agent } }: Missing,
  { deployment, avoid }: DispatchTarget,
  live: (agent: string, wire: string) => readonly WorkerReport[],
): boolean {
  const workers = live(agent, deployment);
  return capacityOf(workers.filter(({ worker }) => worker !== avoid)).free === 0;
}

/** The agent of that name that stays in the room, other than the lost one. */
export function presentAgent(facts: RoomFacts, { agent }: Missing): ParticipantInfo | undefined {
  const lost = agent.progress.phase === 'lost' ? agent.identity : undefined;
  return agentsNamed(facts, agent.agent).find((one) => one.identity !== lost && isStaying(one));
}

/** Cancels the agent's dispatches and removes its leftover participants. Returns its cancelled jobs. */
async function clear(livekit: LiveKit, room: string, facts: RoomFacts, name: string) {
  const old = facts.dispatches.filter(({ agentName }) => agentName === name);
  const ghosts = agentsNamed(facts, name);
  const callingOff = cancelDispatches(
    livekit,
    room,
    old.map(({ id }) => id),
    (id, error) => logError(`failover: could not cancel ${id}`, error),
  );
  await Promise.all([
    callingOff,
    ...ghosts.map(({ identity }) =>
      // LiveKit lists participants of a node that is gone as long as the room lasts, and cannot remove them.
      callLiveKit(livekit.rooms.removeParticipant(room, identity), undefined).catch((error) =>
        logError(`failover: could not remove ${identity}`, error),
      ),
    ),
  ]);
  const cancelled = old.flatMap(({ state }) =>
    (state?.jobs ?? []).flatMap(({ id, state: job }) => [
      agentIdentity(name, id),
      ...(job?.participantIdentity ? [job.participantIdentity] : []),
    ]),
  );
  return { cancelled, unlisted: old.filter(({ state }) => !state?.jobs.length) };
}

/** What was said and what tools returned in a call so far, oldest first. */
export function historyOf({ marks }: Timeline): HistoryItem[] {
  return marks.flatMap((mark): HistoryItem[] => {
    if (mark.kind === 'turn' && mark.speaker !== 'person' && mark.text) {
      const { speaker, text, interrupted } = mark;
      return [{ kind: 'said', speaker, text, ...(interrupted && { interrupted }) }];
    }
    if (mark.kind !== 'tool') return [];
    const { tool, args, result, failed } = mark;
    return [{ kind: 'tool', tool, args, result, failed }];
  });
}

/** The conversation so far; empty if it cannot be read, and the agent then starts over. */
async function historyOfCall(server: Ground, call: string): Promise<HistoryItem[]> {
  try {
    const timeline = await readTimeline(server, call);
    return timeline ? historyOf(timeline) : [];
  } catch (error) {
    logError('failover: could not read the conversation so far', error);
    return [];
  }
}

/**
 * The replacement's metadata. Before anything was said it includes the original metadata. It always has a
 * handoff context, without which a worker may take the agent for one that reconnects by itself.
 */
async function metadataFor(
  server: Ground,
  name: string,
  room: RoomState,
  facts: RoomFacts,
  missing: Missing,
  avoid?: string,
) {
  const signing = { room: name, secret: server.config.LIVEKIT_API_SECRET };
  const history = await historyOfCall(server, room.call);
  const earlier = facts.dispatches
    .filter(({ agentName }) => agentName === missing.agent.agent)
    .sort(
      (a, b) => milliseconds(a.state?.createdAt ?? 0n) - milliseconds(b.state?.createdAt ?? 0n),
    );
  const first = earlier[0]?.metadata ?? '';
  const original = metadataObject(first);
  // The context came from another agent, or the metadata has the project's own format.
  if (history.length === 0 && !avoid && (!original || readHandoffContext(first, signing)))
    return first;
  const context = writeHandoffContext({ kind: 'resume', history, avoid }, signing);
  const all = history.length === 0 ? { ...original, ...metadataObject(context) } : undefined;
  return keepCall(all ? JSON.stringify(all) : context, missing.agent.agent, facts.dispatches);
}

/**
 * Dispatches a replacement agent unless the agent is there. Callers must hold the room's turn (`inTurn`).
 * @throws {Problem} 503 if LiveKit does not respond
 */
export async function replace(
  server: CallsServer,
  name: string,
  room: RoomState,
  missing: Missing,
  { deployment, avoid }: DispatchTarget,
): Promise<ReplaceResult> {
  const { livekit } = server;
  const live = await liveRoom(livekit, name);
  if (!live || (room.sid !== undefined && live.sid !== room.sid)) return { kind: 'ended' };
  const facts = await roomFacts(livekit, name);
  const people = visibleParticipants(facts.people).filter(({ identity }) =>
    room.people.has(identity),
  );
  if (people.length === 0) return { kind: 'no caller' };
  const there = presentAgent(facts, missing);
  if (there) return { kind: 'present', identity: there.identity };
  const { agent } = missing.agent;
  const [metadata, cleared] = await Promise.all([
    metadataFor(server, name, room, facts, missing, avoid),
    clear(livekit, name, facts, agent),
    signal(livekit, name, { kind: 'replacing', agent }),
  ]);
  const dispatchId = await sendAgent(server, {
    room: name,
    roomSid: live.sid,
    agent,
    deployment,
    metadata,
    attributes: keepAttributes(agent, facts.dispatches),
    by: 'failover',
  });
  if (dispatchId === undefined) return { kind: 'ended' };
  return { kind: 'dispatched', deployment, ...cleared };
}
