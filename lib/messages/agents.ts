// Messages of the Agents page, and what agents run on, in every language.
import type { Translations } from '@/lib/core/language';
import * as deAgents from './de/agents';
import * as deModels from './de/models';
import * as enAgents from './en/agents';
import * as enModels from './en/models';

export const agentsMessages: Translations<typeof enAgents> = { en: enAgents, de: deAgents };
export const modelsMessages: Translations<Pick<typeof enModels, 'modelsText'>> = {
  en: enModels,
  de: deModels,
};
