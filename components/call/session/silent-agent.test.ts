// What a page asks of the server when an agent does not answer.
import { expect, test, vi } from 'vitest';
import { type AnotherAgent, SilentAgents } from '@/components/call/session/silent-agent';
import { ApiError } from '@/components/ui/request';
import type { StuckAnswer, StuckReport } from '@/lib/failover/stuck-answer';

/** A page to whose reports the server answers this, one after the other; the last one again and again. */
function page(...answers: readonly (StuckAnswer | ApiError)[]) {
  const left = [...answers];
  const sent: StuckReport[] = [];
  const states: AnotherAgent[] = [];
  const agents = new SilentAgents(
    async (report) => {
      sent.push(report);
      const answer = (left.length > 1 ? left.shift() : left[0]) as StuckAnswer | ApiError;
      if (answer instanceof ApiError) throw answer;
      return answer;
    },
    (state) => states.push(state),
  );
  return { agents, sent, states };
}
const offered = { done: 'offered', times: 0 } as const;
const replaced = { done: 'replaced', times: 0 } as const;
const silent = { identity: 'a', ms: 12_000.4 };
const settled = async (states: readonly AnotherAgent[], state: unknown) =>
  vi.waitFor(() => expect(states.at(-1)).toEqual(state));

test('each silent agent is reported once, and another one is then offered', async () => {
  const { agents, sent, states } = page(offered);
  agents.observe(undefined);
  agents.observe(silent);
  agents.observe({ ...silent, ms: 12_250 });
  agents.observe(undefined);
  agents.observe({ ...silent, ms: 20_000 });
  await settled(states, 'offered');
  expect(sent).toEqual([{ identity: 'a', ms: 12_000, replace: false }]);
  agents.observe({ identity: 'b', ms: 13_000 });
  expect(states.at(-1)).toBe('no');
  expect(sent[1]).toMatchObject({ identity: 'b' });
});

test('it is asked for once, however often the button is pressed', async () => {
  const { agents, sent, states } = page(offered, replaced);
  agents.observe(silent);
  await settled(states, 'offered');
  agents.observe({ ...silent, ms: 15_000 });
  await Promise.all([agents.replace(), agents.replace()]);
  expect(states.at(-1)).toBe('asking');
  expect(sent.slice(1)).toEqual([{ identity: 'a', ms: 15_000, replace: true }]);
});

test.each<[string, StuckAnswer, AnotherAgent]>([
  ['on its way, if its team has chosen that', replaced, 'asking'],
  ['not sent once more', { done: 'abandoned', times: 2 }, 'too-often'],
  ['not sent for one in no list', { done: 'abandoned', times: 0 }, 'no'],
])('another one is %s', async (_, answer, state) => {
  const { agents, sent, states } = page(answer);
  agents.observe(silent);
  await settled(states, state);
  expect(sent).toHaveLength(1);
});

test('a request that fails can be repeated; a report that fails is not shown', async () => {
  const error = new ApiError('unreachable', 0);
  const { agents, states } = page(error, error, replaced);
  agents.observe(silent);
  await settled(states, 'no');
  await agents.replace();
  expect(states.at(-1)).toEqual({ failed: error });
  await agents.replace();
  expect(states.at(-1)).toBe('asking');
});
