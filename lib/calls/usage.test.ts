// Usage by model, and its cost.
import { expect, test } from 'vitest';
import type { Price } from '@/lib/calls/prices';
import { addUsage, costOf, type ModelUsage, totalCost } from '@/lib/calls/usage';
import { usageIn } from '@/lib/calls/view/picture';

const llm: ModelUsage = {
  type: 'llm',
  provider: 'openai',
  model: 'big',
  inputTokens: 1_000_000,
  cachedTokens: 200_000,
  outputTokens: 100_000,
};
const stt: ModelUsage = { type: 'stt', provider: 'local', model: 'small', audioMs: 90_000 };

test('amounts are added for each model', () => {
  expect(addUsage([llm, stt, { ...llm, cachedTokens: 0, characters: 5 }])).toEqual([
    { ...llm, inputTokens: 2_000_000, outputTokens: 200_000, characters: 5 },
    stt,
  ]);
  expect(addUsage([llm, { ...llm, provider: 'other' }])).toHaveLength(2);
});

test('the usage of a call is what all its agents reported', () => {
  const reported = (models: ModelUsage[]) =>
    ({
      kind: 'event',
      id: 'e',
      from: 0,
      to: 0,
      source: 'web',
      what: { kind: 'usage', agent: 'a', deployment: 'production', models },
    }) as const;
  expect(usageIn([reported([stt]), reported([stt, llm])])).toEqual([
    { ...stt, audioMs: 180_000 },
    llm,
  ]);
});

test.each<[string, ModelUsage, Omit<Price, 'model'>, number]>([
  ['tokens', llm, { inputTokens: 2, outputTokens: 10 }, 3],
  ['cached tokens', llm, { inputTokens: 2, cachedTokens: 0.5, outputTokens: 10 }, 2.7],
  [
    'audio tokens',
    { ...llm, inputAudioTokens: 100_000, outputAudioTokens: 50_000 },
    { inputTokens: 2, inputAudioTokens: 20, outputTokens: 10, outputAudioTokens: 40 },
    1.4 + 0.4 + 2 + 0.5 + 2,
  ],
  ['audio', { ...stt, model: 'big' }, { audioMinute: 0.02 }, 0.03],
  ['characters', { ...stt, model: 'big', characters: 2_000 }, { characters: 15 }, 0.03],
  ['a free model', llm, {}, 0],
])('the cost of %s', (_, usage, price, cost) => {
  expect(costOf(usage, [{ model: 'big', ...price }])).toBeCloseTo(cost, 6);
});

test('models without a price have no cost', () => {
  expect(costOf(stt, [{ model: 'big' }])).toBeUndefined();
  expect(totalCost([stt, llm], [])).toBeUndefined();
  expect(totalCost([stt, llm], [{ model: 'small', audioMinute: 2 }])).toBe(3);
});
