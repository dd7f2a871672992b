// Roles and summaries of agents, and what workers report: the catalogue and the agents have them in English.

import type { ListedAgent } from '@/lib/agents/agent';
import type { CallOutcome } from '@/lib/call/summary';
import { outcomes } from '@/lib/core/outcome';

/** The role of an agent, in two words. */
export const roleOf = ({ role }: Pick<ListedAgent, 'role'>): string => role;

/** What an agent does, in one line for callers. */
export const summaryOf = ({ summary }: Pick<ListedAgent, 'summary'>): string => summary;

/** What a worker reports: labels of tools, names and values of their arguments, and failures. */
export const reported = (words: string): string => words;

/** The label of the outcome with this name; its name if no agent declares it. */
export const outcomeLabel = (name: string): string => outcomes.get(name)?.label.en ?? name;

/** The details of an outcome, such as the time of an appointment: in English, what the agent says. */
export const outcomeDetails = ({ result }: CallOutcome): string => result;

export const lettaText = {
  /** For agents without a description. */
  summary: 'Remembers you from call to call',
  role: 'Letta',
  unreachable: 'The Letta server is not responding: its agents cannot be called now.',
  refused: 'The Letta server refuses the key of this server: its agents cannot be called now.',
  failed: (status: number) =>
    `The Letta server failed with status ${status}: its agents cannot be called now.`,
  none: 'The Letta server has no agents yet.',
  unknown: (id: string) => `Letta has no agent ${id}.`,
};
