// Figures of calls in the notation of a locale: durations, and shares.
import { number } from '@/lib/core/format';
import { LOCALES } from '@/lib/core/language';

/**
 * A duration in milliseconds as people read it, everywhere: "530 ms", "1.1 s", "20 s", "2 min 5 s", "1 h 3 min". What is
 * zero is left out. The length of a call, and a point in it, is a `clock` instead.
 */
export function duration(ms: number, locale: string): string {
  if (ms < 999.5) return `${number(ms, locale)} ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${number(tenths / 10, locale, tenths % 10 === 0 ? 0 : 1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's', locale);
  const minutes = Math.round(ms / 60_000);
  return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min', locale);
}

/** The same for errors, logs and the terminal. */
export const englishDuration = (ms: number): string => duration(ms, LOCALES.en);

/** The larger unit, and the smaller one unless it is zero. */
const pair = (large: number, unit: string, small: number, smallUnit: string, locale: string) =>
  `${number(large, locale)} ${unit}${small === 0 ? '' : ` ${small} ${smallUnit}`}`;

/** A share from 0 to 1 as a percentage: "100 %", "99.2 %". Only 1 is rounded to 100. */
export function percent(share: number, locale: string): string {
  if (share === 1 || share === 0) return `${share * 100} %`;
  return `${number(Math.min(99.9, Math.max(0.1, share * 100)), locale, 1)} %`;
}
