// A developer's overrides for the next calls on staging, until the page is closed.

import type { CallOrder } from '@/components/call/session/order';
import { createStore } from '@/components/ui/store';
import type { ListedAgent } from '@/lib/agents/agent';
import { PRODUCTION } from '@/lib/core/deployment';
import type { Overrides } from '@/lib/dispatch/overrides';

export const overridesStore = createStore<Overrides>({});

/** Whether an agent takes overrides: not on production, and Letta's agents have their own models. */
export const takesOverrides = ({ source }: ListedAgent, deployment: string): boolean =>
  deployment !== PRODUCTION && source !== 'letta';

/** The agent with the overrides in its metadata, if it takes them. */
export function withOverrides(agent: ListedAgent & CallOrder['agent'], deployment: string) {
  const set = Object.entries(overridesStore.get()).filter(([, value]) => value?.trim());
  if (set.length === 0 || !takesOverrides(agent, deployment)) return agent;
  const before = JSON.parse(agent.metadata || '{}') as object;
  return { ...agent, metadata: JSON.stringify({ ...before, overrides: Object.fromEntries(set) }) };
}
