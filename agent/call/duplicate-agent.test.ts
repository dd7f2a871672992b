import { expect, test } from 'vitest';
import { AGENT_ATTRIBUTES } from '../../lib/livekit/attributes';
import { isOutdone, rankOf } from './duplicate-agent';

const agent = (rank: string | undefined, identity = `line-check-${rank}`) => ({
  identity,
  attributes: (rank === undefined ? {} : { [AGENT_ATTRIBUTES.rank]: rank }) as Record<
    string,
    string
  >,
});
type Agent = ReturnType<typeof agent>;
/** Which of them have to leave, where all see all. */
const leaving = (...agents: readonly Agent[]) =>
  agents.map((own) =>
    isOutdone(
      own,
      agents.filter((one) => one !== own),
    ),
  );

const first = rankOf({ older: [], briefed: false, at: 1_000 });

test('of two that LiveKit sent alike, whoever was there first stays', () => {
  const again = rankOf({ older: [], briefed: false, at: 9_000 });
  expect(leaving(agent(first), agent(again))).toEqual([false, true]);
});

test('of two that were taken in one millisecond, one stays', () => {
  expect(leaving(agent(first, 'a'), agent(first, 'b'))).toEqual([false, true]);
});

test('whoever was sent for in the place of another stays, also where that one comes back', () => {
  const successor = rankOf({ older: [], briefed: true, at: 5_000 });
  expect(leaving(agent(first), agent(successor))).toEqual([true, false]);
});

test('whoever was sent for while another is there stays', () => {
  const newer = rankOf({ older: [first, undefined], briefed: false, at: 5_000 });
  expect(leaving(agent(first), agent(newer))).toEqual([true, false]);
  const newest = rankOf({ older: [first, newer], briefed: true, at: 6_000 });
  expect(leaving(agent(first), agent(newer), agent(newest))).toEqual([true, true, false]);
});

test('one of three stays', () => {
  expect(leaving(agent(first), agent('0@2000'), agent('1@3000'))).toEqual([true, true, false]);
});

test.each([undefined, '', '1', '@', '1@', 'x@1', '-1@5', '1@5 '])('%j is no rank', (text) => {
  expect(leaving(agent(text), agent(first))).toEqual([false, false]);
});
