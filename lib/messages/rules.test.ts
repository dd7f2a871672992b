// Rules as sentences.
import { expect, it } from 'vitest';
import { testRule } from '@/lib/testing/rules';
import { ruleSentence } from './en/rules';

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
