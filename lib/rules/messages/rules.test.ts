// Rules as sentences.
import { expect, it } from 'vitest';
import { ruleSentence as germanSentence } from '@/lib/rules/messages/de';
import { ruleSentence } from '@/lib/rules/messages/en';
import { testRule } from '@/lib/rules/testing/rules';

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
  const pieces = ruleSentence(testRule(given));
  expect(pieces.map((piece) => (typeof piece === 'string' ? piece : piece.of)).join('')).toBe(
    sentence,
  );
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
  const pieces = germanSentence(testRule(given));
  expect(pieces.map((piece) => (typeof piece === 'string' ? piece : piece.of)).join('')).toBe(
    sentence,
  );
});
