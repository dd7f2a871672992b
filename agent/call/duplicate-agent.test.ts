import { ParticipantInfo_Kind } from '@livekit/protocol';
import { AgentDispatch, ParticipantInfo, ParticipantInfo_State } from 'livekit-server-sdk';
import { describe, expect, test } from 'vitest';
import { isOutranked, rankOf, reconnectedAgent } from '@/agent/call/duplicate-agent';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';

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

describe('an agent reconnects by itself', () => {
  /** A dispatch created `at` milliseconds after 1970, with the identities of its jobs. */
  const dispatch = (at: number, jobs: readonly string[] = [], agentName = 'desk') =>
    new AgentDispatch({
      agentName,
      state: {
        createdAt: BigInt(at) * 1_000_000n,
        jobs: jobs.map((participantIdentity) => ({ state: { participantIdentity } })),
      },
    });
  /** An agent that accepted its job 50 s after 1970. */
  const there = (attributes: Record<string, string> = {}) =>
    new ParticipantInfo({
      identity: 'desk-1',
      kind: ParticipantInfo_Kind.AGENT,
      state: ParticipantInfo_State.ACTIVE,
      attributes: {
        [AGENT_ATTRIBUTES.agent]: 'desk',
        [AGENT_ATTRIBUTES.rank]: rankOf([], false, 50_000),
        ...attributes,
      },
    });
  const caller = new ParticipantInfo({ identity: 'caller' });

  test.each<[string, AgentDispatch[], ParticipantInfo[], boolean]>([
    ['nobody is there', [dispatch(60_000)], [caller], false],
    [
      'its dispatch has its job',
      [dispatch(49_000, ['desk-1']), dispatch(60_000)],
      [there()],
      false,
    ],
    ['its dispatch lists no jobs yet', [dispatch(49_900), dispatch(54_000)], [there()], false],
    ['also if clocks differ', [dispatch(50_400), dispatch(54_000)], [there()], false],
    ['the room was created again', [dispatch(60_000)], [caller, there()], true],
    [
      'an agent without a rank is there',
      [dispatch(40_000)],
      [there({ 'callboard.rank': '' })],
      true,
    ],
    [
      'an agent of another program is there',
      [dispatch(60_000)],
      [there({ 'callboard.agent': '', 'callboard.rank': '', 'lk.agent_name': 'desk' })],
      true,
    ],
    ['it leaves', [dispatch(60_000)], [there({ 'callboard.leaving': 'takeover' })], false],
    ['another is there', [dispatch(60_000)], [there({ 'callboard.agent': 'other' })], false],
  ])('%s: %#', (_, dispatches, people, expected) => {
    expect(reconnectedAgent({ dispatches, people }, 'desk') !== undefined).toBe(expected);
  });
});
