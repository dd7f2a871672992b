// The agents that can be called. Which of them are available is polled while a page needs it; an agent is only "live" if
// the server has said so.
import { useEffect, useMemo } from 'react';
import { useVisitor } from '@/components/accounts/visitor';
import type { ChipTone } from '@/components/ui/chip';
import { poll } from '@/components/ui/poll';
import { request } from '@/components/ui/request';
import { createStore, useStore } from '@/components/ui/store';
import type { AgentStatus } from '@/lib/agents/status';
import { shownAgents, showsLetta } from '@/lib/core/app-config';
import { type CatalogueAgent, lettaAgent } from '@/lib/core/catalogue';
import type { LettaChoice, LettaListing, LettaView } from '@/lib/dispatch/letta-choice';
import { lettaText } from '@/lib/messages/en/catalogue';

/** Poll interval in milliseconds. */
const POLL_MS = 3_000;

interface Agents {
  readonly state: 'checking' | 'known' | 'unreachable';
  readonly agents: readonly AgentStatus[];
  /** The agents of the Letta server; undefined without one. */
  readonly letta?: LettaListing;
}

export type Light = 'checking' | 'live' | 'busy' | 'off' | 'unknown';

export const LIGHT_TONES: Readonly<Record<Light, ChipTone>> = {
  checking: 'off',
  live: 'go',
  busy: 'standby',
  off: 'off',
  unknown: 'off',
};

const NOTHING: Agents = { state: 'checking', agents: [] };
const store = createStore<Agents>(NOTHING);
let subscribers = 0;
let stopPolling = () => {};

async function loadAgents(): Promise<void> {
  const agents = (await get<{ agents: AgentStatus[] }>('/api/agents'))?.agents;
  // A proxy may answer with something else.
  if (!Array.isArray(agents)) {
    // Keeps the Letta agents, so that a selected one stays selected.
    store.set({ ...store.get(), state: 'unreachable', agents: [] });
    return;
  }
  store.set({ ...store.get(), state: 'known', agents });
  // Not awaited: a slow Letta server must not delay the status of the other agents.
  if (agents.some(({ name }) => name === lettaAgent.name) && showsLetta()) void loadLetta();
}

async function loadLetta(): Promise<void> {
  const letta = await get<LettaListing>('/api/letta/agents');
  if (letta) store.set({ ...store.get(), letta: keepIfEqual(store.get().letta, letta) });
}

/** Undefined if the server does not answer, or not with a result. */
const get = <T>(path: string): Promise<T | undefined> =>
  request<T>(path, { timeoutMs: POLL_MS }).catch(() => undefined);

/** The previous value if it is equal, so that nothing is rendered again. */
const keepIfEqual = <T>(before: T | undefined, now: T): T =>
  before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now;

function subscribe(): () => void {
  subscribers += 1;
  if (subscribers === 1) stopPolling = poll(loadAgents, { everyMs: POLL_MS, now: true });
  return () => {
    subscribers -= 1;
    if (subscribers === 0) stopPolling();
  };
}

/** The known state of all agents, polled while a component uses it. */
export function useAgents(): Agents {
  useEffect(subscribe, []);
  return useStore(store, NOTHING);
}

/** All agents that the visitor can call, as far as known. */
export function useCallableAgents(): readonly Callable[] {
  const { letta } = useAgents();
  const { mayCall } = useVisitor();
  return useMemo(() => {
    const all = callableAgents(letta?.agents ?? []);
    return mayCall ? all.filter(({ name }) => mayCall.includes(name)) : all;
  }, [letta, mayCall]);
}

/** The status of one agent on one deployment. */
export function lightOf({ state, agents }: Agents, agent: string, deployment: string): Light {
  if (state !== 'known') return state === 'checking' ? 'checking' : 'unknown';
  const status = agents
    .find(({ name }) => name === agent)
    ?.deployments.find(({ name }) => name === deployment);
  if (!status?.live) return 'off';
  return status.activeJobs >= status.maxJobs ? 'busy' : 'live';
}

/** An agent that can be called. */
export interface Callable extends CatalogueAgent {
  /** Identifies the agent on the page and in its URL. */
  readonly key: string;
  /** Metadata of the dispatch; undefined for agents of the catalogue. */
  readonly metadata?: string;
}

const PREFIX = `${lettaAgent.name}:`;

/** Whether a key belongs to a Letta agent. */
export const isLettaKey = (key: string) => key.startsWith(PREFIX);

/**
 * The metadata that selects the agent. Not written by `writeLetta`, whose module would add zod to the bundle.
 */
const lettaMetadata = (agent: string): string =>
  JSON.stringify({ letta: { agent } satisfies LettaChoice });

const fromLetta = ({ id, name, summary }: LettaView): Callable => ({
  ...lettaAgent,
  person: name,
  role: lettaText.role,
  summary: summary || lettaText.summary,
  key: `${PREFIX}${id}`,
  metadata: lettaMetadata(id),
});

/** The agents of the catalogue that the start page shows. */
export const ownAgents: readonly Callable[] = shownAgents().map((agent) => ({
  ...agent,
  key: agent.name,
}));

/** Whether the start page shows an agent with this name. */
export const isShown = (name: string): boolean =>
  name === lettaAgent.name ? showsLetta() : ownAgents.some((one) => one.name === name);

/** All agents, those of the catalogue first. */
export const callableAgents = (letta: readonly LettaView[]): readonly Callable[] => [
  ...ownAgents,
  ...letta.map(fromLetta),
];
