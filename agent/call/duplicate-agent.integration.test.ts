// An agent whose room LiveKit recreated, and a second one that it dispatched there meanwhile, in a real room.
import { initializeLogger } from '@livekit/agents';
import { afterAll, expect, test } from 'vitest';
import { TestCaller } from '@/agent/testing/caller';
import { sharedStage } from '@/agent/testing/stage';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';

const NAME = 'line-check';
/** Rank of the returning agent: its job was accepted before any other. */
const FIRST = '0@1';

initializeLogger({ pretty: false, level: 'error' });
const stage = await sharedStage();

afterAll(() => stage.close());

test.each([
  ['before it has spoken', () => true],
  ['during its greeting', ({ said }: TestCaller) => said !== ''],
])('the returning agent stays, and the other leaves %s', async (_, when) => {
  const { env } = stage;
  const caller = await TestCaller.call(env, NAME);
  await expect.poll(() => caller.agents().length === 1 && when(caller)).toBe(true);
  const attributes = { [AGENT_ATTRIBUTES.agent]: NAME, [AGENT_ATTRIBUTES.rank]: FIRST };
  const back = { room: caller.room, identity: 'first', kind: 'agent', attributes } as const;
  const first = await TestCaller.call(env, undefined, back);
  // LiveKit reports a participant without audio seconds later.
  await first.speaks(stage.speech);
  await expect.poll(() => caller.agents().map(({ identity }) => identity)).toEqual(['first']);
  // Callers hear only one agent.
  expect(caller.said).not.toContain('Say something');
  await first.hangUp();
  await caller.hangUp();
});
