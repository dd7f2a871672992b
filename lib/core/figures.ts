// Figures of calls in the notation of a locale: durations, and shares.
import { number } from '@/lib/core/format';

/** A duration in readable units: "480 ms", "1.24 s". */
export const duration = (ms: number, locale: string): string =>
  ms < 999.5 ? `${number(ms, locale)} ms` : `${number(ms / 1_000, locale, ms < 9_995 ? 2 : 1)} s`;

/** A share from 0 to 1 as a percentage: "100 %", "99.2 %". Only 1 is rounded to 100. */
export function percent(share: number, locale: string): string {
  if (share === 1 || share === 0) return `${share * 100} %`;
  return `${number(Math.min(99.9, Math.max(0.1, share * 100)), locale, 1)} %`;
}
