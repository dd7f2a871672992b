// Rules as sentences.
import { expect, it } from 'vitest';
import { ruleSentence } from '@/components/rules/rule-sentence';
import type { Language } from '@/lib/core/language';
import { translator } from '@/lib/messages/messages';
import type { Rule } from '@/lib/rules/rule';
import { testRule } from '@/lib/rules/testing/rules';

function sentenceOf(rule: Rule, language: Language): string {
  const t = translator(language, 'rules');
  const asIs = (text: string) => text;
  const tags = { pattern: asIs, who: asIs, where: asIs, elsewhere: asIs };
  const parts = ruleSentence(rule, t, (part, values) =>
    t.markup(`sentence.${part}`, { ...values, ...tags }),
  );
  return `${parts.join('')}.`;
}

type Given = Parameters<typeof testRule>[0];

it.each<[Given, string]>([
  [
    {
      when: 'room_started',
      if: { room: 'support-*' },
      send: { share: { deployment: 'staging', percent: 10 } },
    },
    'When a room starts whose name is support-*, send front-desk, production; 10\u00a0% of callers to staging.',
  ],
  [
    { when: 'room_started', if: { room: 'a', metadata: '*eu*' } },
    'When a room starts whose name is a and metadata is *eu*, send front-desk, production.',
  ],
  [{ when: 'room_started' }, 'When a room starts, send front-desk, production.'],
  [{}, 'When someone joins, send front-desk, production.'],
  [
    {
      if: { room: 'r', metadata: 'm', attributes: { plan: 'gold*' }, kind: ['sip', 'connector'] },
      send: { agent: 'line-check', deployment: 'staging' },
    },
    'When someone joins by phone or by messenger, in a room named r, with metadata m and plan gold*, send line-check, staging.',
  ],
])('%j as a sentence', (given, sentence) => {
  expect(sentenceOf(testRule(given), 'en')).toBe(sentence);
});

it.each<[Given, string]>([
  [
    {
      when: 'room_started',
      if: { room: 'support-*', metadata: '*eu*' },
      send: { share: { deployment: 'staging', percent: 10 } },
    },
    'Wenn ein Room beginnt, dessen Name support-* ist und Metadaten *eu* sind, schicke front-desk, production; 10\u00a0% der Anrufer an staging.',
  ],
  [{}, 'Wenn jemand dazukommt, schicke front-desk, production.'],
  [
    { if: { room: 'r', metadata: 'm', attributes: { plan: 'gold*' }, kind: ['sip', 'connector'] } },
    'Wenn jemand per Telefon oder per Messenger dazukommt, in einen Room namens r, mit Metadaten m und plan gold*, schicke front-desk, production.',
  ],
])('%j as a German sentence', (given, sentence) => {
  expect(sentenceOf(testRule(given), 'de')).toBe(sentence);
});
