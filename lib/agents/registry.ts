// The registry: the one list of agents at run time. It has those in code, those of a Letta server, and those that the team has
// added, which the web processes share through the database and keep in memory.

import type { z } from 'zod';
import type { AddedAgent, agentChange, ListedAgent, newAgent } from '@/lib/agents/agent';
import { requireDeployment } from '@/lib/agents/deployment';
import type { AgentsServer } from '@/lib/agents/server';
import { follow, publish } from '@/lib/cluster/pubsub';
import { sharedState } from '@/lib/cluster/shared-state';
import { agentsInCode, lettaAgent } from '@/lib/core/catalogue';
import type { Config } from '@/lib/core/config';
import { logError, logInfo } from '@/lib/core/log';
import { Problem, pointer } from '@/lib/core/problem';
import { namesOfPublic } from '@/lib/core/sign-in-mode';

/** Most agents that a team can add. Our own choice: each is shown on pages and polled. */
const AGENTS_MAX = 200;

/** Agent name of all agents of a Letta server, whether there is one or not. */
export const LETTA_NAME = lettaAgent.name;

/** Key of the added agents in the shared state. */
const KEY = 'all';
const state = sharedState<readonly AddedAgent[]>('agents', { outlivesProcess: true });

const added = ({
  name,
  title,
  summary,
  deployments,
  public: isPublic,
  replace_stuck,
}: AddedAgent): ListedAgent => ({
  name,
  person: title,
  role: '',
  summary,
  deployments: deployments.map((one) => one.name) as [string, ...string[]],
  source: 'team',
  public: isPublic,
  replace_stuck,
});

/**
 * The list: the agents in code first. An added agent that is in code by now is that of the code.
 * @param all the agents that the team has added
 */
export function listOf(
  { LETTA_URL }: Pick<Config, 'LETTA_URL'>,
  all: readonly AddedAgent[] = [],
): readonly ListedAgent[] {
  const own = agentsInCode(LETTA_URL).map(
    ({ name, person, role, summary, deployments }): ListedAgent => ({
      ...{ name, person, role, summary, deployments },
      source: name === LETTA_NAME ? 'letta' : 'code',
      public: false,
    }),
  );
  const others = all.filter(({ name }) => own.every((one) => one.name !== name));
  return [...own, ...others.map(added)];
}

/** All agents that can be called, as this process knows them. */
export const listedAgents = ({ registry }: AgentsServer): readonly ListedAgent[] => registry.agents;

/** The agent with exactly this name, or undefined. */
export const listedAgent = (server: AgentsServer, name: string): ListedAgent | undefined =>
  listedAgents(server).find((agent) => agent.name === name);

/** Whether an agent in the list has models of its own, which the settings do not name. */
export const hasOwnModels = (server: AgentsServer): boolean =>
  listedAgents(server).some(({ source }) => source === 'team') ||
  agentsInCode(server.config.LETTA_URL).some(({ voice }) => voice === undefined);

/** Returns the display name of an agent, or its agent name if it is not in the list. */
export const agentNames =
  (server: AgentsServer) =>
  (name: string): string =>
    listedAgent(server, name)?.person ?? name;

/** Names of the agents that anonymous visitors may call on production. */
export const publicAgents = (server: AgentsServer): readonly string[] => [
  ...namesOfPublic(server.config),
  ...listedAgents(server).flatMap((agent) => (agent.public ? [agent.name] : [])),
];

/** Logs names in settings that mean nothing, because agents can be added later. */
function logUnknownNames(server: AgentsServer): void {
  const names = listedAgents(server).map(({ name }) => name);
  const { config } = server;
  const set = {
    PUBLIC_AGENTS: namesOfPublic(config),
    EMBED_SITES: Object.keys(config.EMBED_SITES ?? {}),
    TOKEN_ORIGINS: Object.keys(config.TOKEN_ORIGINS ?? {}),
    MINUTES_A_DAY: Object.keys(config.MINUTES_A_DAY ?? {}),
  };
  for (const [setting, all] of Object.entries(set)) {
    const unknown = all.filter((name) => !names.includes(name));
    if (unknown.length === 0) continue;
    logInfo(`${setting} names agents that do not exist: ${unknown.join(', ')}`);
  }
  // Visitors of other sites are not signed in.
  const closed = set.TOKEN_ORIGINS.filter((name) => !publicAgents(server).includes(name));
  if (closed.length > 0) {
    logInfo(`TOKEN_ORIGINS names agents that are not public: ${closed.join(', ')}`);
  }
}

async function loadAgents(server: AgentsServer): Promise<void> {
  server.registry.agents = listOf(server.config, await state.read(server, KEY));
}

/**
 * Reads the added agents now, and whenever another process changes them. Resolves when they are read or could not be read:
 * then it tries again until they are.
 * @returns a function that stops trying
 */
export async function followAgents(server: AgentsServer): Promise<() => void> {
  const stop = await follow(
    server,
    'agents',
    () => loadAgents(server),
    (error) =>
      logError('agents: could not read those that were added; trying again until it works', error),
  );
  logUnknownNames(server);
  return stop;
}

/** Changes the added agents, for all web processes. @throws {Problem} 503 if the database is unavailable */
async function change(
  server: AgentsServer,
  to: (before: readonly AddedAgent[]) => readonly AddedAgent[],
): Promise<void> {
  await state.change(server, KEY, (before = []) => ({ after: to(before), result: undefined }));
  publish(server, 'agents', KEY);
  await loadAgents(server);
}

/** @throws {Problem} 422 if the LiveKit server in use refuses the name of a deployment */
function requireDeployments(
  { config }: AgentsServer,
  { deployments = [] }: z.output<typeof agentChange>,
): void {
  for (const [at, { name }] of deployments.entries()) {
    requireDeployment(config, name, pointer('deployments', at, 'name'));
  }
}

/**
 * Adds an agent to the list.
 * @throws {Problem} 409 if there is one of that name, 422 if there are too many or the LiveKit server refuses a deployment, 503 if the database is unavailable
 */
export async function addAgent(
  server: AgentsServer,
  { title, ...asked }: z.output<typeof newAgent>,
): Promise<void> {
  const { name } = asked;
  requireDeployments(server, asked);
  const taken = () => {
    const errors = [{ pointer: pointer('name'), detail: 'is the name of another agent' }];
    return new Problem('agent-exists', `There is an agent "${name}" already.`, { errors });
  };
  if (name === LETTA_NAME || listedAgent(server, name)) throw taken();
  const agent = { ...asked, title: title ?? name };
  await change(server, (before) => {
    if (before.some((one) => one.name === name)) throw taken();
    if (before.length >= AGENTS_MAX) {
      throw new Problem('out-of-bounds', `At most ${AGENTS_MAX} agents can be added.`);
    }
    return [...before, agent];
  });
}

/** The problem with changing an agent that was not added. */
function notAdded(server: AgentsServer, name: string): Problem {
  if (!listedAgent(server, name)) {
    return new Problem(
      'unlisted-agent',
      'No agent of this name was added. Names are case-sensitive.',
    );
  }
  return new Problem(
    'agent-in-code',
    `"${name}" is declared in code or by its server. Change it there.`,
  );
}

/**
 * Changes an added agent.
 * @throws {Problem} 404 if there is none of that name, 409 if it was not added, 422 if the LiveKit server refuses a deployment,
 * 503 if the database is unavailable
 */
export async function changeAgent(
  server: AgentsServer,
  name: string,
  changed: z.output<typeof agentChange>,
): Promise<void> {
  requireDeployments(server, changed);
  await change(server, (before) => {
    const found = before.find((one) => one.name === name);
    if (!found) throw notAdded(server, name);
    return before.map((one) => (one === found ? { ...found, ...changed } : one));
  });
}

/**
 * Removes an added agent from the list. Its calls are kept.
 * @throws {Problem} 404 if there is none of that name, 409 if it was not added, 503 if the database is unavailable
 */
export async function removeAgent(server: AgentsServer, name: string): Promise<void> {
  await change(server, (before) => {
    if (before.every((one) => one.name !== name)) throw notAdded(server, name);
    return before.filter((one) => one.name !== name);
  });
}
