// Words that agents, workers and files of scenarios have in English. The messages `catalogue` and `scenarios` translate
// those that ship: their keys are the English words. Texts of others, of MCP servers and of Letta are shown as they are.
import type { ListedAgent } from '@/lib/agents/agent';
import type { CallOutcome } from '@/lib/call/summary';
import { asLanguage, LANGUAGES, primary } from '@/lib/core/language';
import { outcomes } from '@/lib/core/outcome';
import type { Messages, Translate } from '@/lib/messages/messages';

/** The message for these English words; the words themselves without one. */
export function translated(
  t: Translate<'catalogue'> | Translate<'scenarios'>,
  words: string,
): string {
  const messages = t as Translate<'catalogue'>;
  // A dot would lead to a message within a message.
  const key = words.replaceAll('.', '') as keyof Messages['catalogue'];
  // Callers may say "constructor", which every object has.
  return messages.has(key) && !(key in Object.prototype) ? messages(key) : words;
}

/** The words of agents and workers in the language of `t` and its `locale`. */
export function catalogueWords(t: Translate<'catalogue'>, locale: string) {
  const language = asLanguage(primary(locale)) ?? LANGUAGES[0];

  /** What a worker reports: labels of tools, names and values of their arguments, and failures. */
  const reported = (words: string): string => translated(t, words);

  /** "Thursday 26 November" for "2026-11-26". */
  const readable = (value: string): string =>
    /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? new Date(`${value}T12:00`).toLocaleDateString(locale, {
          weekday: 'long',
          day: 'numeric',
          month: 'long',
        })
      : reported(value);

  return {
    reported,
    /** The role of an agent, in two words. */
    roleOf: ({ role }: Pick<ListedAgent, 'role'>): string => reported(role),
    /** What an agent does, in one line for callers. */
    summaryOf: ({ summary }: Pick<ListedAgent, 'summary'>): string => reported(summary),
    /** The label of the outcome with this name; its name if no agent declares it. */
    outcomeLabel: (name: string): string => outcomes.get(name)?.label[language] ?? name,
    /** The details of an outcome, such as the time of an appointment. What the agent says about it is English. */
    outcomeDetails: ({ result, details }: CallOutcome): string =>
      language === 'en' ? result : details.map(({ value }) => readable(value)).join(', '),
  };
}

export type CatalogueWords = ReturnType<typeof catalogueWords>;
