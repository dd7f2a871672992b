// What models used, and what it cost. Pure.
import { type Price, prices } from '@/lib/calls/prices';

const MILLION = 1_000_000;
const MINUTE_MS = 60_000;

/** The kinds of models that are paid for by amount. */
export const USAGE_TYPES = ['llm', 'stt', 'tts'] as const;

/** What is counted of a model's use: tokens, milliseconds of audio, and characters spoken. */
export const USAGE_AMOUNTS = [
  'inputTokens',
  'cachedTokens',
  'inputAudioTokens',
  'outputTokens',
  'outputAudioTokens',
  'audioMs',
  'characters',
] as const;
export type UsageAmount = (typeof USAGE_AMOUNTS)[number];

/**
 * The use of one model. `inputTokens` includes cached tokens and audio tokens, and `outputTokens` includes audio tokens;
 * amounts that are zero are left out.
 */
export interface ModelUsage extends Partial<Record<UsageAmount, number | undefined>> {
  readonly type: (typeof USAGE_TYPES)[number];
  readonly provider: string;
  readonly model: string;
}

/** The sum for each model, in order of first use. */
export function addUsage(all: readonly ModelUsage[]): ModelUsage[] {
  const sums = new Map<string, ModelUsage>();
  for (const one of all) {
    const key = JSON.stringify([one.type, one.provider, one.model]);
    const sum = sums.get(key) ?? { type: one.type, provider: one.provider, model: one.model };
    for (const amount of USAGE_AMOUNTS) {
      const added = (sum[amount] ?? 0) + (one[amount] ?? 0);
      if (added > 0) sum[amount] = added;
    }
    sums.set(key, sum);
  }
  return [...sums.values()];
}

/** The cost of a model's use, in the currency of the prices; undefined without a price. */
export function costOf(usage: ModelUsage, list: readonly Price[] = prices): number | undefined {
  const price = list.find(({ model }) => model === usage.model);
  if (!price) return undefined;
  const { inputTokens = 0, cachedTokens = 0, inputAudioTokens = 0 } = usage;
  const { outputTokens = 0, outputAudioTokens = 0, audioMs = 0, characters = 0 } = usage;
  const { inputTokens: input = 0, outputTokens: output = 0 } = price;
  const tokens =
    Math.max(0, inputTokens - cachedTokens - inputAudioTokens) * input +
    cachedTokens * (price.cachedTokens ?? input) +
    inputAudioTokens * (price.inputAudioTokens ?? input) +
    Math.max(0, outputTokens - outputAudioTokens) * output +
    outputAudioTokens * (price.outputAudioTokens ?? output);
  return (
    (tokens + characters * (price.characters ?? 0)) / MILLION +
    (audioMs / MINUTE_MS) * (price.audioMinute ?? 0)
  );
}

/** The cost of all models that have a price; undefined if none has. */
export function totalCost(
  all: readonly ModelUsage[],
  list: readonly Price[] = prices,
): number | undefined {
  const costs = all.flatMap((usage) => costOf(usage, list) ?? []);
  return costs.length === 0 ? undefined : costs.reduce((sum, cost) => sum + cost, 0);
}
