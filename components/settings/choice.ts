// The agent and the deployment that the visitor has chosen, on this page or in its URL.
import { usePermission } from '@/components/accounts/visitor';
import { type Callable, useCallableAgents } from '@/components/agents/agents-store';
import { changeSettings, useSettings } from '@/components/settings/settings-store';
import { createStore, useStore } from '@/components/ui/store';
import { PRODUCTION } from '@/lib/core/deployment';

/** Name of the deployment that the Staging setting selects. */
const STAGING = 'staging';

interface Choice {
  /** Key of a {@link Callable}; undefined until one is selected. */
  readonly agent: string | undefined;
  /** Name of the deployment in the URL. */
  readonly deployment: string | undefined;
}

const choiceStore = createStore<Choice>({ agent: undefined, deployment: undefined });

/** Selects an agent by its key. */
export const chooseAgent = (agent: string) => choiceStore.set({ ...choiceStore.get(), agent });

/** Sets the deployment of the URL; undefined leaves it to the Staging setting. */
export const chooseDeployment = (deployment: string | undefined) =>
  choiceStore.set({ ...choiceStore.get(), deployment });

/** Sends calls to staging or not, whatever the URL says. */
export function chooseStaging(staging: boolean): void {
  chooseDeployment(undefined);
  changeSettings({ staging });
}

/**
 * The agent and deployment that Start call would reach; no agent if there is none. `first` is used until one is selected.
 */
export function useChoice(first?: Choice): { agent: Callable | undefined; deployment: string } {
  const choice = useStore(choiceStore);
  const mayDispatch = usePermission('dispatch');
  const { staging } = useSettings();
  const key = choice.agent ?? first?.agent;
  const all = useCallableAgents();
  return {
    agent: all.find((one) => one.key === key) ?? all[0],
    deployment: mayDispatch
      ? (choice.deployment ?? first?.deployment ?? (staging ? STAGING : PRODUCTION))
      : PRODUCTION,
  };
}
