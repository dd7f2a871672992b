// All messages in all languages, for tests.
import type { InLanguages } from '@/lib/core/language';

type Messages = InLanguages<unknown>;
const modules = (
  import.meta as unknown as {
    glob(files: string[], options: { eager: true }): Record<string, Record<string, Messages>>;
  }
).glob(
  ['/lib/messages/*.ts', '!/lib/messages/*.test.ts', '/lib/*/messages/*.ts', '!/**/{en,de}.ts'],
  {
    eager: true,
  },
);

/** By subject: `rules` for what is exported as `rulesMessages`. */
export const ALL: Readonly<Record<string, Messages>> = Object.fromEntries(
  Object.values(modules)
    .flatMap(Object.entries<Messages>)
    .filter(([name]) => name.endsWith('Messages'))
    .map(([name, messages]) => [name.replace('Messages', ''), messages]),
);

/** Made-up words to pass to a message, in the order of its parameters. */
export const WORDS = ['QX', 'QY', 'QZ'] as const;

export type Made = (...words: string[]) => unknown;

/** Calls a message with made-up words; undefined if it takes something else. */
export function made(text: Made): string | undefined {
  try {
    const out = text(...WORDS.slice(0, text.length));
    return typeof out === 'string' && !/NaN|Invalid|undefined/.test(out) ? out : undefined;
  } catch {
    return undefined;
  }
}

/** All messages with their paths; a function is represented by what it returns for made-up words, without them. */
export function textsOf(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const said = made(value as Made);
    return said === undefined
      ? []
      : [[path, WORDS.reduce((text, one) => text.replaceAll(one, ''), said)]];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => textsOf(one, `${path}.${name}`));
}
