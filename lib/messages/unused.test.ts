// No message is without a use. Found by the keys in quotes: `t('ask.title')`, and t(`states.${state}`) for all states.
import { readdirSync, readFileSync } from 'node:fs';
import { escapeRegExp } from 'es-toolkit';
import { expect, it } from 'vitest';
import { messagesOf, NAMESPACES } from '@/lib/messages/testing/all-messages';

const sources = ['agent', 'app', 'components', 'lib', 'scripts', 'simulations']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\/testing\//.test(path))
  .map((path) => readFileSync(path, 'utf8'));

const HOLE = /\$\{[^}]*\}/;
const all = (pattern: RegExp) =>
  sources.flatMap((text) => [...text.matchAll(pattern)].map(([, inner = '']) => inner));
const literals = new Set(all(/'([^'\n]*)'/g));
/** Those with a word besides their holes. */
const templates = [...new Set(all(/`((?:[\w.-]|\$\{[^}]*\})+)`/g))]
  .map((template) => template.split(HOLE))
  .filter((pieces) => pieces.length > 1 && /\w{3}/.test(pieces.join(' ')))
  .map((pieces) => new RegExp(`^${pieces.map(escapeRegExp).join('.+')}$`));
const isQuoted = (key: string) => literals.has(key) || templates.some((one) => one.test(key));

/** Whether the key is quoted, whole or as a part of the subject and a key in it: `useTranslations('doctor.ask')`. */
const isUsed = (key: string) => {
  const parts = key.split('.');
  return parts.slice(1).some((_, at) => {
    const subject = parts.slice(0, at + 1).join('.');
    return isQuoted(subject) && isQuoted(parts.slice(at + 1).join('.'));
  });
};

/** Their keys are words of agents and scenarios in English. */
const WORDS = ['catalogue', 'scenarios'];

it.each(NAMESPACES.filter((one) => !WORDS.includes(one)))('each of %s is used', (namespace) => {
  const keys = messagesOf('en', namespace).map(([key]) => key);
  expect(keys.filter((key) => !isUsed(key))).toEqual([]);
});
