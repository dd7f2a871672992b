// Who will be called and where: the one who is chosen, and the deployment from the address where
// it names one, else from the Staging switch.
import { useMay } from '@/components/accounts/visitor';
import { useSettings } from '@/components/settings/settings-store';
import { createStore, useStore } from '@/components/ui/store';
import { PRODUCTION } from '@/lib/core/deployment';
import { useCallableAgents } from './agents-store';
import { type Callable, ownAgents } from './callable';

/** Shown name of the deployment that the Staging switch chooses. */
const STAGING = 'staging';

interface Choice {
  /** Key of a {@link Callable}; undefined until one is chosen. */
  readonly agent: string | undefined;
  /** Shown name of the deployment the address asked for. */
  readonly deployment: string | undefined;
}

const store = createStore<Choice>({ agent: undefined, deployment: undefined });

/** Chooses whom to call, by their key. */
export const chooseAgent = (agent: string) => store.set({ ...store.get(), agent });

/** Takes the deployment from the address; undefined leaves it to the Staging switch. */
export const chooseDeployment = (deployment: string | undefined) =>
  store.set({ ...store.get(), deployment });

/** The agent and the shown deployment that Start call would reach. `first` holds until one is chosen. */
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
