// Durations and shares in two locales.
import { expect, it } from 'vitest';
import { duration, percent } from '@/lib/core/figures';

it.each([
  [0, '0 ms', '0 ms'],
  [486.4, '486 ms', '486 ms'],
  [999.4, '999 ms', '999 ms'],
  [999.5, '1.00 s', '1,00 s'],
  [9_994, '9.99 s', '9,99 s'],
  [9_995, '10.0 s', '10,0 s'],
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
