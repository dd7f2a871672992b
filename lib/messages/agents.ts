// Messages of the Agents page, what agents run on, and roll-outs, in every language.
import type { Texts } from '@/lib/core/language';
import * as deAgents from './de/agents';
import * as deModels from './de/models';
import * as deRollouts from './de/rollouts';
import * as enAgents from './en/agents';
import * as enModels from './en/models';
import * as enRollouts from './en/rollouts';

export const agentsMessages: Texts<typeof enAgents> = { en: enAgents, de: deAgents };
export const modelsMessages: Texts<Pick<typeof enModels, 'modelsText'>> = {
  en: enModels,
  de: deModels,
};
export const rolloutsMessages: Texts<typeof enRollouts> = { en: enRollouts, de: deRollouts };
