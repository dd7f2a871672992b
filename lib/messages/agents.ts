// Messages of the Agents page, what agents run on, and rollouts, in every language.
import type { Translations } from '@/lib/core/language';
import * as deAgents from './de/agents';
import * as deModels from './de/models';
import * as deRollouts from './de/rollouts';
import * as enAgents from './en/agents';
import * as enModels from './en/models';
import * as enRollouts from './en/rollouts';

export const agentsMessages: Translations<typeof enAgents> = { en: enAgents, de: deAgents };
export const modelsMessages: Translations<Pick<typeof enModels, 'modelsText'>> = {
  en: enModels,
  de: deModels,
};
export const rolloutsMessages: Translations<typeof enRollouts> = { en: enRollouts, de: deRollouts };
