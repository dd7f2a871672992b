// Messages of the Agents page, and what agents run on, in every language.
import type { Translations } from '@/lib/core/language';
import * as deAgents from '@/lib/messages/de/agents';
import * as deModels from '@/lib/messages/de/models';
import * as enAgents from '@/lib/messages/en/agents';
import * as enModels from '@/lib/messages/en/models';

export const agentsMessages: Translations<typeof enAgents> = { en: enAgents, de: deAgents };
export const modelsMessages: Translations<Pick<typeof enModels, 'modelsText'>> = {
  en: enModels,
  de: deModels,
};
