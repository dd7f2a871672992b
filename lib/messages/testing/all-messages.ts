// All messages in all languages, for tests.
import type { InLanguages } from '@/lib/core/language';
import { productionMessages, whyMessages } from '@/lib/doctor/messages/verdicts';
import { callMessages } from '@/lib/messages/call';
import { callsMessages } from '@/lib/messages/calls';
import { doctorMessages } from '@/lib/messages/doctor';
import { catalogueMessages, mainMessages } from '@/lib/messages/main';
import { privacyMessages } from '@/lib/messages/privacy';

/** By subject. */
export const ALL: Readonly<Record<string, InLanguages<unknown>>> = {
  call: callMessages,
  calls: callsMessages,
  catalogue: catalogueMessages,
  doctor: doctorMessages,
  main: mainMessages,
  privacy: privacyMessages,
  production: productionMessages,
  why: whyMessages,
};

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
