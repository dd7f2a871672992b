// The agents of the Letta server that can be called. Every page requests them every few seconds, so they are cached.

import type { Letta } from '@letta-ai/letta-client';
import { Problem } from '@/lib/core/problem';
import {
  type LettaListing,
  type LettaView,
  readLetta,
  writeLetta,
} from '@/lib/dispatch/letta-choice';
import { connectionOf, type LettaConnection, lettaClient } from '@/lib/letta/client';
import { COPY_TAG } from '@/lib/letta/copies';
import { scheduleNow } from '@/lib/letta/deleted-calls';
import { tidyCopies } from '@/lib/letta/old-copies';
import type { LettaServer } from '@/lib/letta/server';
import type { AgentToDispatch } from '@/lib/livekit/dispatch';
import { translator } from '@/lib/messages/messages';

const t = translator('en', 'letta');

/** Milliseconds for Letta's response, and for which it is cached. Our own choice. */
const ANSWER_MS = 3_000;
const CACHE_MS = 10_000;
/** Most agents that are listed; nobody could choose among more. Letta returns the newest. */
const LISTED_MAX = 50;

/** Types of agents that work for other agents and cannot be called. */
const HELPERS: readonly string[] = ['sleeptime_agent', 'voice_sleeptime_agent'];

const viewOf = ({ id, name, description }: Letta.Agents.AgentState): LettaView => ({
  id,
  name,
  summary: description ?? '',
});

/** For `catch`: Letta has no agent with this ID, or it is no ID. */
function ifNone(error: unknown): undefined {
  const { status } = error as { readonly status?: unknown };
  if (status !== 404 && status !== 422) throw error;
  return undefined;
}

function problemOf(error: unknown): string {
  const status = typeof error === 'object' && error !== null && 'status' in error && error.status;
  if (status === 401 || status === 403) return t('refused');
  return typeof status === 'number' ? t('failed', { status }) : t('unreachable');
}

const isCallable = ({ tags, agent_type: type }: Letta.Agents.AgentState) =>
  !tags.includes(COPY_TAG) && !HELPERS.includes(type);

/** One agent, if it can be called: one of many that are not listed, or a new one. Never throws. */
async function askForOne(letta: LettaConnection, id: string): Promise<LettaListing> {
  try {
    const client = await lettaClient(letta, ANSWER_MS);
    const found = await client.agents.retrieve(id, { include: ['agent.tags'] }).catch(ifNone);
    return { agents: found && isCallable(found) ? [viewOf(found)] : [] };
  } catch (error) {
    return { agents: [], problem: problemOf(error) };
  }
}

/** Requests a Letta server's agents. Never throws. */
export async function askLetta(letta: LettaConnection): Promise<LettaListing> {
  try {
    const client = await lettaClient(letta, ANSWER_MS);
    const { items } = await client.agents.list({
      limit: LISTED_MAX,
      order: 'desc',
      include: ['agent.tags'],
    });
    const agents = items
      .filter(isCallable)
      .map(viewOf)
      .sort((a, b) => a.name.localeCompare(b.name));
    return { agents };
  } catch (error) {
    return { agents: [], problem: problemOf(error) };
  }
}

/** The copies of an agent that was deleted at Letta are deleted with the next request, not an hour later. */
function endCopies(server: LettaServer, before: LettaListing | undefined, now: LettaListing): void {
  if (now.problem !== undefined) return;
  const ids = new Set(now.agents.map(({ id }) => id));
  if (before?.agents.some(({ id }) => !ids.has(id))) scheduleNow(server);
}

/** The agents of this process's Letta server; none without a server. */
export function lettaListing(server: LettaServer): Promise<LettaListing> {
  const letta = connectionOf(server.config);
  if (!letta) return Promise.resolve({ agents: [] });
  const { url } = letta;
  const { last: kept } = server.lettaListing;
  if (kept?.url === url && Date.now() - kept.at < CACHE_MS) return kept.listing;
  void tidyCopies(server, letta);
  const before = kept?.url === url ? kept.listing : undefined;
  const listing = askLetta(letta).then(async (now) => {
    endCopies(server, await before, now);
    return now;
  });
  server.lettaListing.last = { at: Date.now(), url, listing };
  return listing;
}

/**
 * Adds the chosen agent's name at Letta, because clients must not choose the name that an agent goes by.
 * @throws {Problem} 422 if Letta has no such agent
 */
export async function namedByLetta(
  server: LettaServer,
  agent: AgentToDispatch,
): Promise<AgentToDispatch> {
  const chosen = readLetta(agent.metadata);
  if (!chosen) return agent;
  const { agents, problem } = await lettaListing(server);
  const isChosen = ({ id }: LettaView) => id === chosen.agent;
  const letta = connectionOf(server.config);
  const asks = letta && problem === undefined && !agents.some(isChosen);
  const more = asks ? await askForOne(letta, chosen.agent) : { agents, problem };
  const found = more.agents.find(isChosen);
  if (!found && more.problem === undefined) {
    const valid = agents.map(({ id }) => id);
    throw new Problem('unknown-agent', t('unknown', { id: chosen.agent }), { valid });
  }
  const choice = { agent: chosen.agent, name: found?.name };
  return { ...agent, metadata: writeLetta(choice, agent.metadata) };
}
