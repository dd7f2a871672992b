import { expect, test } from 'vitest';
import { isOutdone, rankOf } from './twin';

const first = rankOf({ older: [], briefed: false, at: 1_000 });

test('of two that LiveKit sent alike, whoever was there first stays', () => {
  const again = rankOf({ older: [], briefed: false, at: 9_000 });
  expect([isOutdone(first, [again]), isOutdone(again, [first])]).toEqual([false, true]);
});

test('whoever was sent for in the place of another stays, also where that one comes back', () => {
  const successor = rankOf({ older: [], briefed: true, at: 5_000 });
  expect([isOutdone(first, [successor]), isOutdone(successor, [first])]).toEqual([true, false]);
});

test('whoever was sent for while another is there stays', () => {
  const newer = rankOf({ older: [first, undefined], briefed: false, at: 5_000 });
  expect([isOutdone(first, [newer]), isOutdone(newer, [first])]).toEqual([true, false]);
  const newest = rankOf({ older: [first, newer], briefed: true, at: 6_000 });
  expect([isOutdone(newer, [newest]), isOutdone(newest, [first, newer])]).toEqual([true, false]);
});

test('one of three stays', () => {
  const ranks = [first, '0@2000', '1@3000'];
  const left = ranks.filter(
    (own) =>
      !isOutdone(
        own,
        ranks.filter((one) => one !== own),
      ),
  );
  expect(left).toEqual(['1@3000']);
});

test.each([undefined, '', '1', '@', '1@', 'x@1', '-1@5', '1@5 '])('%j is no rank', (text) => {
  expect([isOutdone(text, [first]), isOutdone(first, [text])]).toEqual([false, false]);
});
