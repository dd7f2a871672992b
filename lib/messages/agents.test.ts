// Figures and differences as text.
import { expect, it } from 'vitest';
import { describeDifference, duration, percent } from '@/lib/messages/en/agents';

it.each([
  [0, '0 ms'],
  [486.4, '486 ms'],
  [999.4, '999 ms'],
  [999.5, '1.00 s'],
  [9_994, '9.99 s'],
  [9_995, '10.0 s'],
])('%d ms is %s', (ms, read) => {
  expect(duration(ms)).toBe(read);
});

it.each([
  [1, '100 %'],
  [0.9999, '99.9 %'],
  [0.9537, '95.4 %'],
  [0.0001, '0.1 %'],
  [0, '0 %'],
])('a share of %d is %s', (share, read) => {
  expect(percent(share)).toBe(read);
});

it('describes a difference from the side of the compared deployment', () => {
  expect(describeDifference({ of: 'answer', slower: true, ms: 293 })).toBe(
    'answers come 293 ms later',
  );
  expect(describeDifference({ of: 'join', more: false, points: 8.2 })).toBe(
    'agents join 8.2 fewer of 100 calls',
  );
});
