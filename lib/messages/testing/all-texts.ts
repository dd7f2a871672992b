// Every text there is, in every language, for tests.
import type { InLanguages } from '@/lib/core/language';
import { accountsTexts } from '../accounts';
import { agentsTexts } from '../agents';
import { callTexts } from '../call';
import { callsTexts } from '../calls';
import * as deEvidence from '../de-evidence';
import * as deWhy from '../de-why';
import { doctorTexts } from '../doctor';
import { embedTexts } from '../embed';
import * as enEvidence from '../en-evidence';
import * as enWhy from '../en-why';
import { languageTexts } from '../language';
import { lettaTexts } from '../letta';
import { limitTexts } from '../limits';
import { listenTexts } from '../listen';
import { mainTexts } from '../main';
import { mindsTexts } from '../minds';
import { privacyTexts } from '../privacy';
import { productionTexts } from '../production';
import { rehearsalsTexts } from '../rehearsals';
import { rolloutTexts } from '../rollout';
import { rulesTexts } from '../rules';
import { telephoneTexts } from '../telephone';

/** By part of the pages. */
export const ALL: Readonly<Record<string, InLanguages<unknown>>> = {
  accounts: accountsTexts,
  agents: agentsTexts,
  call: callTexts,
  calls: callsTexts,
  doctor: doctorTexts,
  embed: embedTexts,
  evidence: { en: enEvidence, de: deEvidence },
  language: languageTexts,
  letta: lettaTexts,
  limits: limitTexts,
  listen: listenTexts,
  main: mainTexts,
  minds: mindsTexts,
  production: productionTexts,
  privacy: privacyTexts,
  rehearsals: rehearsalsTexts,
  rollout: rolloutTexts,
  rules: rulesTexts,
  telephone: telephoneTexts,
  why: { en: enWhy, de: deWhy },
};

/** Names of what a text is made of, in the order of its function: any will do. */
export const WORDS = ['QX', 'QY', 'QZ'] as const;

export type Made = (...words: string[]) => unknown;

/** Calls a text with words for its arguments; undefined where it wants something else. */
export function made(text: Made): string | undefined {
  try {
    const out = text(...WORDS.slice(0, text.length));
    return typeof out === 'string' && !/NaN|Invalid|undefined/.test(out) ? out : undefined;
  } catch {
    return undefined;
  }
}

/** Every text with its place; a function by what it makes of words that nobody would write. */
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
