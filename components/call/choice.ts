// The selected agent and its deployment, which comes from the URL or else from the Staging setting.
import { useMay } from '@/components/accounts/visitor';
import { useSettings } from '@/components/settings/settings-store';
import { createStore, useStore } from '@/components/ui/store';
import { PRODUCTION } from '@/lib/core/deployment';
import { useCallableAgents } from './agents-store';
import { type Callable, ownAgents } from './callable';

/** Name of the deployment that the Staging setting selects. */
const STAGING = 'staging';

interface Choice {
  /** Key of a {@link Callable}; undefined until one is selected. */
  readonly agent: string | undefined;
  /** Name of the deployment in the URL. */
  readonly deployment: string | undefined;
}

const store = createStore<Choice>({ agent: undefined, deployment: undefined });

/** Selects an agent by its key. */
export const chooseAgent = (agent: string) => store.set({ ...store.get(), agent });

/** Sets the deployment of the URL; undefined leaves it to the Staging setting. */
export const chooseDeployment = (deployment: string | undefined) =>
  store.set({ ...store.get(), deployment });

/** The agent and deployment that Start call would reach. `first` is used until one is selected. */
export function useChoice(first?: Choice): { agent: Callable; deployment: string } {
  const choice = useStore(store);
  const mayDispatch = useMay('dispatch');
  const { staging } = useSettings();
  const key = choice.agent ?? first?.agent;
  const all = useCallableAgents();
  return {
    agent: all.find((one) => one.key === key) ?? all[0] ?? (ownAgents[0] as Callable),
    deployment: mayDispatch
      ? (choice.deployment ?? first?.deployment ?? (staging ? STAGING : PRODUCTION))
      : PRODUCTION,
  };
}
