// What may be asked for by name: agents, deployments, rooms, metadata. Every route that sends an
// agent somewhere checks with these, so that the same request is refused everywhere in the same words.

import { type CatalogueAgent, lettaAgent, servedAgents } from '@/lib/core/catalogue';
import {
  DEPLOYMENT_PATTERN,
  DEPLOYMENT_RULE,
  PRODUCTION,
  wireDeployment,
} from '@/lib/core/deployment';
import { Problem, pointer } from '@/lib/core/problem';
import { isProbeRoom } from '@/lib/livekit/probe-room';
import { isCallback } from './handoff-context';
import { readLetta } from './letta-choice';
import { metadataObject } from './metadata';
import { SIGNED_FIELDS } from './signed-metadata';

/** Bytes of a room's name, an identity or a participant's name: livekit-server's limit. */
const NAME_MAX_BYTES = 256;
/** Bytes of metadata. Our own choice: a token travels in a URL, where proxies cut early. */
const METADATA_MAX_BYTES = 16 * 1024;

/** An agent that was asked for, checked. `deployment` is the wire name. */
export interface CheckedAgent {
  readonly name: string;
  readonly deployment: string;
  readonly metadata: string;
}

/** Bytes of a text as it travels. */
export const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

/** A problem with one field, told with its place. */
export function wrong(
  kind: 'not-allowed' | 'out-of-bounds' | 'too-large',
  at: string,
  detail: string,
) {
  return new Problem(kind, `${at} ${detail}.`, { errors: [{ pointer: at, detail }] });
}

/**
 * A room's name, an identity or a participant's name; undefined where none was given.
 * @throws {Problem} 422
 */
export function checkedName(field: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const at = pointer(field);
  if (value === '') throw wrong('out-of-bounds', at, 'must not be empty');
  if (bytes(value) > NAME_MAX_BYTES) {
    throw wrong('out-of-bounds', at, `may have at most ${NAME_MAX_BYTES} bytes`);
  }
  // Control characters deceive whoever reads a log; half a surrogate pair would change on its way.
  if (/[\p{Cc}\p{Cs}]/u.test(value)) {
    throw wrong('out-of-bounds', at, 'must not have control characters');
  }
  // What happens there is in no call's history.
  if (isProbeRoom(value)) throw wrong('not-allowed', at, "is a name of the doctor's own rooms");
  return value;
}

/**
 * Metadata of a dispatch, without what only agents and the web process tell an agent.
 * @throws {Problem} 400 or 413
 */
function checkedDispatchMetadata(at: string, value = ''): string {
  checkedMetadata(at, value);
  const fields = metadataObject(value) ?? {};
  const claimed = SIGNED_FIELDS.find((field) => field in fields);
  if (claimed === undefined || (isCallback(value) && !('callboardCaller' in fields))) return value;
  const detail = `must not have the field ${claimed}, which is Callboard's own`;
  throw new Problem('invalid-request', `${at} ${detail}.`, { errors: [{ pointer: at, detail }] });
}

/** @throws {Problem} 413 */
export function checkedMetadata(at: string, value: string | undefined): string | undefined {
  if (value !== undefined && bytes(value) > METADATA_MAX_BYTES) {
    throw wrong('too-large', at, `may have at most ${METADATA_MAX_BYTES} bytes`);
  }
  return value;
}

/** @throws {Problem} 422 where none of Letta's agents is chosen */
function requireChoice({ name }: CatalogueAgent, metadata: string, at: string): void {
  // Who is called back into a room is the one that was there.
  if (name !== lettaAgent.name || readLetta(metadata) || isCallback(metadata)) return;
  const detail = 'must name one of its agents: {"letta":{"agent":"agent-…"}}';
  throw wrong('out-of-bounds', at, detail);
}

function checkedDeployment(agent: CatalogueAgent, asked: string | undefined, at: string): string {
  const name = asked || PRODUCTION;
  if (agent.deployments.includes(name)) return wireDeployment(name);
  if (!DEPLOYMENT_PATTERN.test(name)) {
    const errors = [{ pointer: at, detail: `must be ${DEPLOYMENT_RULE}` }];
    throw new Problem('invalid-deployment', `A deployment's name must be ${DEPLOYMENT_RULE}.`, {
      errors,
    });
  }
  throw new Problem(
    'unknown-deployment',
    `${agent.name} has no deployment "${name}"; it has ${agent.deployments.join(', ')}.`,
    {
      valid: agent.deployments,
      errors: [{ pointer: at, detail: 'is not one of its deployments' }],
    },
  );
}

/**
 * The agent that was asked for; the catalogue's first where none was named.
 * @param asked its fields, of which `agent` is called `nameField` in the request
 * @param path where they stand in the request
 * @throws {Problem} 422 with the names that would have been right, 400 or 413
 */
export function checkedAgent(
  asked: { agent?: string; deployment?: string; metadata?: string },
  path: readonly PropertyKey[] = [],
  nameField = 'agent',
  agents: readonly [CatalogueAgent, ...CatalogueAgent[]] = servedAgents(process.env.LETTA_URL),
): CheckedAgent {
  // LiveKit's empty name means any unnamed worker, of which there are none here: the first agent.
  const name = asked.agent || agents[0].name;
  const agent = agents.find((one) => one.name === name);
  if (!agent) {
    const valid = agents.map((one) => one.name);
    const at = pointer(...path, nameField);
    throw new Problem(
      'unknown-agent',
      `Valid agents: ${valid.join(', ')}. Names are case-sensitive.`,
      {
        valid,
        errors: [{ pointer: at, detail: 'is not the name of an agent' }],
      },
    );
  }
  requireChoice(agent, asked.metadata ?? '', pointer(...path, 'metadata'));
  return {
    name: agent.name,
    deployment: checkedDeployment(agent, asked.deployment, pointer(...path, 'deployment')),
    metadata: checkedDispatchMetadata(pointer(...path, 'metadata'), asked.metadata),
  };
}
