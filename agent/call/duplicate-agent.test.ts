import { expect, test } from 'vitest';
import { AGENT_ATTRIBUTES } from '../../lib/livekit/attributes';
import { isOutranked, rankOf } from './duplicate-agent';

const agent = (rank: string | undefined, identity = `line-check-${rank}`) => ({
  identity,
  attributes: (rank === undefined ? {} : { [AGENT_ATTRIBUTES.rank]: rank }) as Record<
    string,
    string
  >,
});
type Agent = ReturnType<typeof agent>;
/** Which of them leave, if each sees all the others. */
const leaving = (...agents: readonly Agent[]) =>
  agents.map((own) =>
    isOutranked(
      own,
      agents.filter((one) => one !== own),
    ),
  );

const first = rankOf([], false, 1_000);

test('of two agents dispatched alike, the first to join stays', () => {
  const again = rankOf([], false, 9_000);
  expect(leaving(agent(first), agent(again))).toEqual([false, true]);
});

test('of two jobs accepted in the same millisecond, one stays', () => {
  expect(leaving(agent(first, 'a'), agent(first, 'b'))).toEqual([false, true]);
});

test('a replacement agent stays, even if the agent it replaced comes back', () => {
  const successor = rankOf([], true, 5_000);
  expect(leaving(agent(first), agent(successor))).toEqual([true, false]);
});

test('an agent dispatched while another is present stays', () => {
  const newer = rankOf([first, undefined], false, 5_000);
  expect(leaving(agent(first), agent(newer))).toEqual([true, false]);
  const newest = rankOf([first, newer], true, 6_000);
  expect(leaving(agent(first), agent(newer), agent(newest))).toEqual([true, true, false]);
});

test.each([undefined, '', '1@', 'x@1', '-1@5', '1@5 '])('%j is not a rank', (text) => {
  expect(leaving(agent(text), agent(first))).toEqual([false, false]);
});
