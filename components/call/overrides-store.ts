// A developer's overrides for the next calls on staging, until the page is closed.
import { createStore } from '@/components/ui/store';
import { PRODUCTION } from '@/lib/core/deployment';
import type { Overrides } from '@/lib/dispatch/overrides';
import type { CallOrder } from './order';

export const overridesStore = createStore<Overrides>({});

/** The agent with the overrides in its metadata. Production refuses them. */
export function withOverrides(agent: CallOrder['agent'], deployment: string): CallOrder['agent'] {
  const set = Object.entries(overridesStore.get()).filter(([, value]) => value?.trim());
  if (set.length === 0 || deployment === PRODUCTION) return agent;
  const before = JSON.parse(agent.metadata || '{}') as object;
  return { ...agent, metadata: JSON.stringify({ ...before, overrides: Object.fromEntries(set) }) };
}
