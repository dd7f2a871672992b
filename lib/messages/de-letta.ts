// What people read of the agents of a Letta server, in German.
import type { Shape } from '@/lib/core/language';
import type { lettaText as english } from './en-letta';

export const lettaText: Shape<typeof english> = {
  summary: 'Erinnert sich von Anruf zu Anruf an Sie',
  role: 'Letta',
  unreachable: 'Der Letta-Server antwortet nicht: Seine Agenten sind jetzt nicht zu erreichen.',
  refused:
    'Der Letta-Server nimmt LETTA_API_KEY nicht an: Seine Agenten sind jetzt nicht zu erreichen.',
  failed: (status) =>
    `Der Letta-Server antwortete mit ${status}: Seine Agenten sind jetzt nicht zu erreichen.`,
  none: 'Der Letta-Server hat noch keine Agenten.',
  unknown: (id) => `Letta hat keinen Agenten ${id}.`,
};
