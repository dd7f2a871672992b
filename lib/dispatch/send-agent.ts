// Dispatches an agent to a live room, cancels dispatches, or ensures that an agent is in the room: LiveKit would add
// another with each dispatch. Used by the token route, the API, rules and failover.

import { setTimeout as pause } from 'node:timers/promises';
import type { AgentDispatch } from 'livekit-server-sdk';
import type { CallsServer } from '@/lib/calls/server';
import type { Ground } from '@/lib/cluster/ground';
import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import { Problem } from '@/lib/core/problem';
import { isEnglish, readLanguage } from '@/lib/dispatch/caller-language';
import { CALLER_FIELD } from '@/lib/dispatch/known-caller';
import { readLetta } from '@/lib/dispatch/letta-choice';
import { metadataObject } from '@/lib/dispatch/metadata';
import { readOverrides } from '@/lib/dispatch/overrides';
import { presentDispatch } from '@/lib/dispatch/presence';
import { addDispatchEvent, type DispatchedBy } from '@/lib/dispatch/request-events';
import { roomFacts } from '@/lib/dispatch/room-facts';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';
import { type AgentToDispatch, createDispatch } from '@/lib/livekit/dispatch';

/** An agent to dispatch to a live room. LiveKit would create a room that is not live. */
interface SentAgent {
  readonly room: string;
  /** The room's SID, if known. */
  readonly roomSid?: string | undefined;
  /** Agent name. */
  readonly agent: string;
  readonly deployment: string;
  readonly metadata: string;
  readonly attributes?: AgentToDispatch['attributes'];
  readonly by: DispatchedBy;
  /** The deployment of its replacement, if it does not join in time. */
  readonly fallback?: string | undefined;
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
  server: CallsServer,
  { room, roomSid, agent, by, fallback, ...given }: SentAgent,
): Promise<string | undefined> {
  const { dispatches } = server.livekit;
  const creating = createDispatch(dispatches, room, { name: agent, ...given });
  const made = await callLiveKit(creating, undefined);
  if (!made) return undefined;
  addDispatchEvent(
    server,
    { room, roomSid },
    { name: agent, deployment: given.deployment },
    { by, dispatch: made.id, fallback },
  );
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
    callLiveKit(dispatches.deleteDispatch(id, room), undefined).catch((error) => failed(id, error)),
  );
  await Promise.race([Promise.all(calling), pause(CANCEL_MS, undefined, { ref: false })]);
}

/**
 * Metadata for another dispatch of `agent` into a call, with what earlier dispatches have and it has not: the call's language
 * and caller, and the agent's Letta choice and overrides. Metadata that is no JSON object is returned as it is.
 */
export function keepCall(
  metadata: string,
  agent: string,
  earlier: readonly Pick<AgentDispatch, 'agentName' | 'metadata'>[],
): string {
  const fields = metadataObject(metadata);
  if (!fields) return metadata;
  const own = earlier.filter(({ agentName }) => agentName === agent);
  const first = <T>(all: typeof earlier, read: (metadata: string) => T | undefined) =>
    all.map((one) => read(one.metadata)).find((one) => one !== undefined);
  const language = first(earlier, readLanguage);
  const kept = {
    letta: first(own, readLetta),
    overrides: first(own, (text) => {
      const overrides = readOverrides(text);
      return overrides === 'invalid' ? undefined : overrides;
    }),
    language: language && !isEnglish(language) ? language : undefined,
    [CALLER_FIELD]: first(earlier, (text): unknown => Object(metadataObject(text))[CALLER_FIELD]),
  };
  const missing = Object.entries(kept).filter(
    ([name, value]) => value !== undefined && !Object.hasOwn(fields, name),
  );
  if (missing.length === 0) return metadata;
  return JSON.stringify({ ...fields, ...Object.fromEntries(missing) });
}

/** The attributes of the last dispatch of `agent` that has any, for another one in the same call. */
export const keepAttributes = (agent: string, earlier: readonly AgentDispatch[]) =>
  earlier.findLast(
    ({ agentName, attributes }) => agentName === agent && Object.keys(attributes).length > 0,
  )?.attributes;

/** An agent that should be in a room. */
interface WantedAgent extends Omit<SentAgent, 'roomSid'> {
  /** Whether any other agent in the room is good enough. */
  readonly orAny?: boolean | undefined;
}

interface EnsuredAgent {
  /** Empty if the agent is there without a dispatch: see `presentDispatch`. */
  readonly dispatchId: string;
  /** Whether it was already there or on its way. */
  readonly existing: boolean;
}

/** Runs `work` while nothing else in this process dispatches agents to the room. */
export function inTurn<T>(server: Ground, room: string, work: () => Promise<T>): Promise<T> {
  return oneAtATime(server, `agents of ${room}`, work);
}

/**
 * Ensures that the agent is in the room or on its way: one of a name, whatever its deployment. Runs one at a
 * time per room in this process, so that concurrent requests never add two agents. "On its way" compares
 * LiveKit's clock with ours; they must agree within seconds.
 * @throws {Problem} 404 if LiveKit does not know the room, 503 if it does not respond.
 */
export function ensureAgent(server: CallsServer, want: WantedAgent): Promise<EnsuredAgent> {
  const { livekit } = server;
  const { room, agent, deployment, metadata, attributes, orAny, by, fallback } = want;
  return inTurn(server, room, async () => {
    const facts = await roomFacts(livekit, room);
    const present = presentDispatch(facts, orAny ? undefined : agent, Date.now());
    if (present !== undefined) return { dispatchId: present, existing: true };
    const dispatchId = await sendAgent(server, {
      room,
      agent,
      deployment,
      metadata: keepCall(metadata, agent, facts.dispatches),
      attributes: { ...keepAttributes(agent, facts.dispatches), ...attributes },
      by,
      fallback,
    });
    if (dispatchId === undefined) throw new Problem('unknown-room', 'It has just ended.');
    return { dispatchId, existing: false };
  });
}
