// The texts of the pages: one JSON file a language, in ICU syntax. The type of the English one is the type of all.
import { memoize, toMerged } from 'es-toolkit';
import { createTranslator } from 'use-intl/core';
import { type AppConfig, appConfig } from '@/app-config';
import { type Language, LOCALES } from '@/lib/core/language';
import { compiled } from '@/lib/messages/compiled';
import de from '@/lib/messages/de.json' with { type: 'json' };
import en from '@/lib/messages/en.json' with { type: 'json' };

export type Messages = typeof en;
declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
  }
}

/** A subject: the first part of a message's key. */
export type Namespace = keyof Messages;

const ALL: Readonly<Record<Language, Messages>> = { en, de: de as unknown as Messages };

/** All messages in a language, with the texts of `app-config.ts` in place of ours. */
export function messagesIn(
  language: Language,
  { texts }: Pick<AppConfig, 'texts'> = appConfig,
): Messages {
  const { description, ...start } = texts?.[language] ?? {};
  if (!description && Object.keys(start).length === 0) return ALL[language];
  return toMerged(ALL[language], {
    start,
    ...(description && { shell: { description } }),
  });
}

/** All messages in a language, as the formatter of this program wants them: `next.config.ts`. */
export const messagesToFormat = memoize((language: Language): Messages => {
  const messages = messagesIn(language);
  return process.env.COMPILED_MESSAGES ? compiled(messages) : messages;
});

const create = <N extends Namespace>(language: Language, namespace: N) =>
  createTranslator({ locale: LOCALES[language], messages: messagesToFormat(language), namespace });

/** What {@link translator} and next-intl's `useTranslations` and `getTranslations` return. */
export type Translate<N extends Namespace> = ReturnType<typeof create<N>>;

/** One a language and subject: each keeps the messages that it has parsed. */
const created = new Map<string, unknown>();

/** Puts messages of a subject into words: the same as `useTranslations` and `getTranslations`. */
export function translator<N extends Namespace>(language: Language, namespace: N): Translate<N> {
  const key = `${language} ${namespace}`;
  if (!created.has(key)) created.set(key, create(language, namespace));
  return created.get(key) as Translate<N>;
}
