'use client';
// The list of agents that the visitor may see. The server renders each page with it; polling keeps it current.
import { createContext, type ReactNode, useCallback, useContext, useEffect } from 'react';
import { createStore, useStore } from '@/components/ui/store';
import type { ListedAgent } from '@/lib/agents/agent';

const FromServer = createContext<readonly ListedAgent[]>([]);

/** Undefined on the server, and until the page is interactive. */
const store = createStore<readonly ListedAgent[] | undefined>(undefined);

/** Replaces the list in the browser; does nothing if it is the same. */
export function setAgentList(agents: readonly ListedAgent[]): void {
  if (JSON.stringify(agents) !== JSON.stringify(store.get())) store.set(agents);
}

interface AgentListProps {
  readonly agents: readonly ListedAgent[];
  readonly children: ReactNode;
}

export function AgentList({ agents, children }: AgentListProps) {
  useEffect(() => setAgentList(agents), [agents]);
  return <FromServer value={agents}>{children}</FromServer>;
}

/** All agents that the visitor may see. Which of them the start page shows: `useCallableAgents`. */
export function useAgentList(): readonly ListedAgent[] {
  const first = useContext(FromServer);
  return useStore(store) ?? first;
}

/** Returns the display name of an agent, or its agent name without one. */
export function useDisplayName(): (name: string) => string {
  const agents = useAgentList();
  return useCallback((name) => agents.find((one) => one.name === name)?.person ?? name, [agents]);
}

/** The agent with this name, for code outside of components. */
export const agentNamed = (name: string): ListedAgent | undefined =>
  store.get()?.find((one) => one.name === name);

/** All deployments of these agents. */
export const deploymentsIn = (agents: readonly ListedAgent[]): readonly string[] => [
  ...new Set(agents.flatMap(({ deployments }) => deployments)),
];
