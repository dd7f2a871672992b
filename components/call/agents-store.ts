// Polls which agents are available while a page needs it. An agent is only "live" if the server has said so.
import { useEffect, useMemo } from 'react';
import { useVisitor } from '@/components/accounts/visitor';
import { createStore, useStore } from '@/components/ui/store';
import { lettaAgent } from '@/lib/core/catalogue';
import type { LettaListing } from '@/lib/letta/listing';
import type { AgentStatus } from '@/lib/livekit/workers';
import { type Callable, callableAgents } from './callable';

/** Poll interval in milliseconds. */
const POLL_MS = 3_000;

interface Agents {
  readonly state: 'checking' | 'known' | 'unreachable';
  readonly agents: readonly AgentStatus[];
  /** The agents of the Letta server; undefined without one. */
  readonly letta?: LettaListing;
}

export type Light = 'checking' | 'live' | 'busy' | 'off' | 'unknown';

const NOTHING: Agents = { state: 'checking', agents: [] };
const store = createStore<Agents>(NOTHING);
let watchers = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

async function ask(): Promise<void> {
  try {
    const { agents } = await get<{ agents: AgentStatus[] }>('/api/agents');
    store.set({ ...store.get(), state: 'known', agents });
    // Not awaited: a slow Letta server must not delay the status of the other agents.
    if (agents.some(({ name }) => name === lettaAgent.name)) void loadLetta();
  } catch {
    // Keeps the Letta agents, so that a selected one stays selected.
    store.set({ ...store.get(), state: 'unreachable', agents: [] });
  }
}

async function loadLetta(): Promise<void> {
  try {
    const letta = await get<LettaListing>('/api/letta/agents');
    store.set({ ...store.get(), letta: keepIfEqual(store.get().letta, letta) });
  } catch {
    // The next poll finds out whether the server is unreachable.
  }
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(path, { signal: AbortSignal.timeout(POLL_MS) });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
  return response.json();
}

/** The previous value if it is equal, so that nothing is rendered again. */
const keepIfEqual = <T>(before: T | undefined, now: T): T =>
  before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now;

async function round(): Promise<void> {
  clearTimeout(timer);
  if (watchers === 0 || document.hidden) return;
  await ask();
  clearTimeout(timer);
  if (watchers > 0) timer = setTimeout(round, POLL_MS);
}

function watch(): () => void {
  watchers += 1;
  if (watchers === 1) {
    document.addEventListener('visibilitychange', round);
    void round();
  }
  return () => {
    watchers -= 1;
    if (watchers > 0) return;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', round);
  };
}

/** The known state of all agents, polled while a component uses it. */
export function useAgents(): Agents {
  useEffect(watch, []);
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
