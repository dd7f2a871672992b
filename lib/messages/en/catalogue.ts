// Roles and summaries of agents, and the labels that workers report: the catalogue has them in English.
import type { CatalogueAgent } from '@/lib/core/catalogue';

/** What the person is, in two words. */
export const roleOf = ({ role }: CatalogueAgent): string => role;
/** One line for callers: what it does. */
export const summaryOf = ({ summary }: CatalogueAgent): string => summary;
/** What its worker tells: the title of a tool, and what failed while the call goes on. */
export const toldBy = (words: string): string => words;

export const lettaText = {
  /** In place of what an agent says of itself, where it says nothing. */
  summary: 'Remembers you from call to call',
  role: 'Letta',
  unreachable: 'The Letta server does not answer: its agents cannot be called now.',
  refused: 'The Letta server does not accept LETTA_API_KEY: its agents cannot be called now.',
  failed: (status: number) =>
    `The Letta server failed with status ${status}: its agents cannot be called now.`,
  none: 'The Letta server has no agents yet.',
  unknown: (id: string) => `Letta has no agent ${id}.`,
};
