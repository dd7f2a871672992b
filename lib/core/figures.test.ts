// Durations and shares in two locales.
import { expect, it } from 'vitest';
import { duration, percent } from '@/lib/core/figures';

it.each([
  [0, '0 ms', '0 ms'],
  [486.4, '486 ms', '486 ms'],
  [999.4, '999 ms', '999 ms'],
  [999.5, '1 s', '1 s'],
  [1_049, '1 s', '1 s'],
  [1_050, '1.1 s', '1,1 s'],
  [20_000, '20 s', '20 s'],
  [59_949, '59.9 s', '59,9 s'],
  [59_950, '1 min', '1 min'],
  [125_000, '2 min 5 s', '2 min 5 s'],
  [3_599_499, '59 min 59 s', '59 min 59 s'],
  [3_599_500, '1 h', '1 h'],
  [3_780_000, '1 h 3 min', '1 h 3 min'],
  [3_600_000_000, '1,000 h', '1.000 h'],
])('%d ms is %s, or %s', (ms, english, german) => {
  expect([duration(ms, 'en-GB'), duration(ms, 'de-DE')]).toEqual([english, german]);
});

it.each([
  [1, '100 %', '100 %'],
  [0.9999, '99.9 %', '99,9 %'],
  [0.9537, '95.4 %', '95,4 %'],
  [0.0001, '0.1 %', '0,1 %'],
  [0, '0 %', '0 %'],
])('a share of %d is %s, or %s', (share, english, german) => {
  expect([percent(share, 'en-GB'), percent(share, 'de-DE')]).toEqual([english, german]);
});
