// The agents that can be called. Which of them are available is polled while a page needs it; an agent is only "live" if
// the server has said so.
import { useEffect, useMemo } from 'react';
import { setAgentList, useAgentList } from '@/components/agents/agent-list';
import type { ChipTone } from '@/components/ui/chip';
import { poll } from '@/components/ui/poll';
import { request } from '@/components/ui/request';
import { createStore, useStore } from '@/components/ui/store';
import type { ListedAgent } from '@/lib/agents/agent';
import type { AgentStatus, UnlistedAgent } from '@/lib/agents/answers';
import { listedOf } from '@/lib/agents/listed';
import { shownAgents } from '@/lib/core/app-config';
import type { LettaChoice, LettaListing, LettaView } from '@/lib/dispatch/letta-choice';

/** Poll interval in milliseconds. */
const POLL_MS = 3_000;

interface Agents {
  /** silent: this server responds, and LiveKit does not, so nobody can be called. */
  readonly state: 'checking' | 'known' | 'unreachable' | 'silent';
  readonly agents: readonly AgentStatus[];
  /** Agents whose workers report, and that are not in the list; undefined for visitors who may not see them. */
  readonly unlisted?: readonly UnlistedAgent[] | undefined;
  /** The agents of the Letta server; undefined without one. */
  readonly letta?: LettaListing;
}

export type Light = 'checking' | 'live' | 'busy' | 'off' | 'unreported' | 'unknown';

export const LIGHT_TONES: Readonly<Record<Light, ChipTone>> = {
  checking: 'off',
  live: 'go',
  busy: 'standby',
  off: 'off',
  // It may be live: only a call can tell.
  unreported: 'off',
  unknown: 'off',
};

const NOTHING: Agents = { state: 'checking', agents: [] };
const store = createStore<Agents>(NOTHING);
/** Number of requests sent. */
let latest = 0;
let subscribers = 0;
let stopPolling = () => {};

/** Asks for the agents now. */
export async function loadAgents(): Promise<void> {
  latest += 1;
  const asked = latest;
  const answer = await get(
    '/api/agents',
    import('@/lib/agents/answers').then((all) => all.agentsAnswer),
  );
  // The list may have changed since an earlier request was sent.
  if (asked !== latest) return;
  if (!answer) {
    // Keeps the Letta agents, so that a selected one stays selected.
    store.set({ ...store.get(), state: 'unreachable', agents: [] });
    return;
  }
  const { agents, unlisted, livekitResponds = true } = answer;
  const state = livekitResponds ? 'known' : 'silent';
  store.set({ ...store.get(), state, agents, unlisted });
  setAgentList(agents.map(listedOf));
  // Not awaited: a slow Letta server must not delay the status of the other agents.
  if (shownAgents(agents).some(isLetta)) void loadLetta();
}

async function loadLetta(): Promise<void> {
  const letta = await get(
    '/api/letta/agents',
    import('@/lib/dispatch/letta-choice').then((all) => all.lettaListing),
  );
  if (letta) store.set({ ...store.get(), letta: keepIfEqual(store.get().letta, letta) });
}

/**
 * Undefined if the server does not answer, or not with a result: a proxy may answer with something else.
 * @param schema being loaded, so that the first load of the start page is without zod
 */
const get = <T>(path: string, schema: Promise<{ parse(value: unknown): T }>) =>
  schema
    .then((read) => request(path, { timeoutMs: POLL_MS, schema: read }))
    .catch((): undefined => undefined);

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
  const list = useAgentList();
  const { letta } = useAgents();
  return useMemo(() => callableAgents(list, letta?.agents ?? []), [list, letta]);
}

/** The status of one agent on one deployment. */
export function lightOf({ state, agents }: Agents, agent: string, deployment: string): Light {
  if (state !== 'known') return state === 'checking' ? 'checking' : 'unknown';
  const status = agents
    .find(({ name }) => name === agent)
    ?.deployments.find(({ name }) => name === deployment);
  if (!status) return 'off';
  if (!status.live) return status.reports ? 'off' : 'unreported';
  return status.activeJobs >= status.maxJobs ? 'busy' : 'live';
}

/** An agent that can be called. */
export interface Callable extends ListedAgent {
  /** Identifies the agent on the page and in its URL. */
  readonly key: string;
  /** Metadata of the dispatch; undefined for agents of the list. */
  readonly metadata?: string;
}

const PREFIX = 'letta:';

/** Whether a key belongs to a Letta agent. */
export const isLettaKey = (key: string) => key.startsWith(PREFIX);

/** Whether an entry of the list stands for all agents of the Letta server. */
export const isLetta = ({ source }: Pick<ListedAgent, 'source'>) => source === 'letta';

/**
 * The metadata that selects the agent. Not written by `writeLetta`, whose module would add zod to the bundle.
 */
const lettaMetadata = (agent: string): string =>
  JSON.stringify({ letta: { agent } satisfies LettaChoice });

/** For Letta agents without a description. The messages `catalogue` have these words. */
export const LETTA_SUMMARY = 'Remembers you from call to call';

const fromLetta = (entry: ListedAgent, { id, name, summary }: LettaView): Callable => ({
  ...entry,
  person: name,
  role: 'Letta',
  summary: summary || LETTA_SUMMARY,
  key: `${PREFIX}${id}`,
  metadata: lettaMetadata(id),
});

/** The agents of the list that the start page shows; those of the Letta server come last. */
export function callableAgents(
  list: readonly ListedAgent[],
  letta: readonly LettaView[],
): readonly Callable[] {
  // Callers see deployments that they may call: an agent may have none.
  const shown = shownAgents(list).filter(({ deployments }) => deployments.length > 0);
  const entry = shown.find(isLetta);
  return [
    ...shown.filter((one) => one !== entry).map((agent) => ({ ...agent, key: agent.name })),
    ...(entry ? letta.map((one) => fromLetta(entry, one)) : []),
  ];
}
