// Validates the names in a request: agents, deployments, rooms, metadata. All routes that dispatch agents use
// these checks, so the same mistake gets the same error everywhere.

import type { ListedAgent } from '@/lib/agents/agent';
import { requireDeployment } from '@/lib/agents/deployment';
import { listedAgents } from '@/lib/agents/registry';
import type { AgentsServer } from '@/lib/agents/server';
import { isBlank } from '@/lib/core/blank';
import { PRODUCTION } from '@/lib/core/deployment';
import { modelProblems } from '@/lib/core/models';
import { fieldSentence, Problem, pointer } from '@/lib/core/problem';
import { isCallback } from '@/lib/dispatch/handoff-context';
import { readLetta } from '@/lib/dispatch/letta-choice';
import { metadataObject } from '@/lib/dispatch/metadata';
import { readOverrides } from '@/lib/dispatch/overrides';
import { SIGNED_FIELDS } from '@/lib/dispatch/signed-metadata';
import type { AgentToDispatch } from '@/lib/livekit/dispatch';
import { isProbeRoom } from '@/lib/livekit/probe-room';
import { NOT_OF_AGENTS } from '@/lib/livekit/token-request';

/** Bytes of a room name, an identity or a participant name: livekit-server's limit. */
const NAME_MAX_BYTES = 256;
/** Bytes of metadata. Our own choice: a token travels in a URL, and some proxies limit URLs early. */
const METADATA_MAX_BYTES = 16 * 1024;
/** Bytes of all attributes of a participant or a dispatch, names and values: livekit-server's limit. */
const ATTRIBUTES_MAX_BYTES = 64 * 1024;
/**
 * Attributes that LiveKit sets on telephones, agents and jobs, and Callboard on callers. Setting one would impersonate
 * them, such as another caller, or one from another number.
 */
export const RESERVED_ATTRIBUTES = /^(sip|lk|callboard)\./;

/** Length in bytes as UTF-8. */
export const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

/** A problem with one field, with a pointer to it. */
export function wrong(
  kind: 'invalid-request' | 'not-allowed' | 'out-of-bounds' | 'too-large',
  at: string,
  detail: string,
) {
  const error = { pointer: at, detail };
  return new Problem(kind, `${fieldSentence(error)}.`, { errors: [error] });
}

/**
 * Refuses fields that are not granted, unless they are not set.
 * @param path where the fields are in the request
 * @throws {Problem} 422
 */
export function refuseFields(
  fields: object,
  isRefused: (name: string) => boolean,
  path: readonly PropertyKey[],
): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || !isRefused(name)) continue;
    throw wrong('not-allowed', pointer(...path, name), 'may not be set by a client');
  }
}

/**
 * Checks a room name, an identity or a participant name; undefined if none was given.
 * @throws {Problem} 422
 */
export function checkedName(field: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const at = pointer(field);
  if (isBlank(value)) throw wrong('out-of-bounds', at, 'must not be blank');
  if (bytes(value) > NAME_MAX_BYTES) {
    throw wrong('out-of-bounds', at, `may have at most ${NAME_MAX_BYTES} bytes`);
  }
  // Control characters can forge log lines; a lone surrogate changes in transit.
  if (/[\p{Cc}\p{Cs}]/u.test(value)) {
    throw wrong('out-of-bounds', at, 'must not have control characters');
  }
  // Events in the doctor's probe rooms are not kept as calls.
  if (isProbeRoom(value)) throw wrong('not-allowed', at, 'is reserved for rooms of the doctor');
  return value;
}

/**
 * Checks a dispatch's metadata: clients must not set the fields that only agents and the web process sign.
 * @throws {Problem} 400 or 413
 */
function checkedDispatchMetadata(at: string, value = ''): string {
  checkedMetadata(at, value);
  const fields = metadataObject(value) ?? {};
  const claimed = SIGNED_FIELDS.find((field) => field in fields);
  if (claimed === undefined || (isCallback(value) && !('callboardCaller' in fields))) return value;
  const detail = `must not have the field ${claimed}, which is reserved for Callboard`;
  throw wrong('invalid-request', at, detail);
}

/** @throws {Problem} 413 */
export function checkedMetadata(at: string, value: string | undefined): string | undefined {
  if (value !== undefined && bytes(value) > METADATA_MAX_BYTES) {
    throw wrong('too-large', at, `may have at most ${METADATA_MAX_BYTES} bytes`);
  }
  return value;
}

/** @throws {Problem} 422 if no Letta agent is chosen */
function requireChoice({ source }: ListedAgent, metadata: string, at: string): void {
  // A callback returns the agent that was in the room before.
  if (source !== 'letta' || readLetta(metadata) || isCallback(metadata)) return;
  const detail = 'must name a Letta agent: {"letta":{"agent":"agent-…"}}';
  throw wrong('out-of-bounds', at, detail);
}

function checkedDeployment(
  { config }: AgentsServer,
  agent: ListedAgent,
  asked: string | undefined,
  at: string,
): string {
  // LiveKit's clients send "" for production.
  const name = asked || PRODUCTION;
  requireDeployment(config, name, at);
  if (agent.deployments.includes(name)) return name;
  throw new Problem(
    'unknown-deployment',
    `${agent.name} has no deployment "${name}". Valid deployments: ${agent.deployments.join(', ')}.`,
    {
      valid: agent.deployments,
      errors: [{ pointer: at, detail: 'is not a deployment of this agent' }],
    },
  );
}

/**
 * Checks a developer's overrides. Callers reach production only, so they can send none.
 * @throws {Problem} 422
 */
function checkOverrides(
  { source }: ListedAgent,
  metadata: string,
  { at, deployment }: { at: string; deployment: string },
): void {
  const overrides = readOverrides(metadata);
  if (overrides === undefined) return;
  if (deployment === PRODUCTION) {
    throw wrong('not-allowed', at, 'must not have overrides on production');
  }
  if (source === 'letta') {
    throw wrong(
      'not-allowed',
      at,
      'must not have overrides: agents of Letta have their own models',
    );
  }
  if (overrides === 'invalid') {
    const detail = 'may have overrides with models, voice and instructions, each a text';
    throw wrong('out-of-bounds', at, detail);
  }
  const [problem] = modelProblems({ MODELS: overrides.models }, []);
  if (problem) throw wrong('out-of-bounds', at, `has overrides that are not valid: ${problem}`);
}

/**
 * Checks the attributes of a participant or a dispatch.
 * @param isReserved whether a client may not set an attribute
 * @throws {Problem} 422
 */
export function checkedAttributes(
  path: readonly PropertyKey[],
  attributes: Readonly<Record<string, string>> = {},
  isReserved = (name: string) => RESERVED_ATTRIBUTES.test(name),
): Record<string, string> {
  if (bytes(Object.entries(attributes).flat().join('')) > ATTRIBUTES_MAX_BYTES) {
    const detail = `may have at most ${ATTRIBUTES_MAX_BYTES} bytes together`;
    throw wrong('out-of-bounds', pointer(...path), detail);
  }
  const claimed = Object.keys(attributes).find(isReserved);
  if (claimed !== undefined) {
    throw wrong('not-allowed', pointer(...path, claimed), 'may not be set by a client');
  }
  return attributes;
}

/** An agent's fields in a request, by LiveKit's names. */
interface AskedAgent {
  readonly agent_name?: string | undefined;
  readonly deployment?: string | undefined;
  readonly metadata?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/**
 * The requested agent; the first of the list if none was named.
 * @param path where the fields are in the request
 * @throws {Problem} 422 with the valid names, 400 or 413
 */
export function checkedAgent(
  server: AgentsServer,
  asked: AskedAgent,
  path: readonly PropertyKey[] = [],
): AgentToDispatch {
  refuseFields(asked, (name) => NOT_OF_AGENTS.includes(name), path);
  const agents = listedAgents(server);
  // LiveKit's empty name means any unnamed worker. There are none here, so it means the first agent.
  const name = asked.agent_name || agents[0]?.name;
  const agent = agents.find((one) => one.name === name);
  if (!agent) {
    const valid = agents.map((one) => one.name);
    const at = pointer(...path, 'agent_name');
    throw new Problem(
      'unknown-agent',
      `Valid agents: ${valid.join(', ') || 'none'}. Names are case-sensitive.`,
      {
        valid,
        errors: [{ pointer: at, detail: 'is not a known agent' }],
      },
    );
  }
  requireChoice(agent, asked.metadata ?? '', pointer(...path, 'metadata'));
  const at = pointer(...path, 'deployment');
  const deployment = checkedDeployment(server, agent, asked.deployment, at);
  checkOverrides(agent, asked.metadata ?? '', { at: pointer(...path, 'metadata'), deployment });
  return {
    name: agent.name,
    deployment,
    metadata: checkedDispatchMetadata(pointer(...path, 'metadata'), asked.metadata),
    attributes: checkedAttributes([...path, 'attributes'], asked.attributes),
  };
}
