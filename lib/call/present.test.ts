// The active agent among several, and who is on the stage.
import { expect, test } from 'vitest';
import { leadOf, type Present, participantsOf } from '@/lib/call/present';

const agent = (name: string, joinedAt: number, more: Partial<Present> = {}): Present => ({
  identity: `agent-${name}`,
  kind: 'agent',
  name,
  role: 'desk',
  agent: name.toLowerCase(),
  deployment: 'production',
  waiting: false,
  waited: false,
  leaving: undefined,
  joinedAt,
  speaking: false,
  ...more,
});
const person = (name: string, more: Partial<Present> = {}): Present => ({
  ...agent(name, 0),
  identity: name,
  kind: 'colleague',
  role: '',
  ...more,
});

test.each<[string, Present[], string | undefined]>([
  ['nobody', [], undefined],
  ['a person is no agent', [person('Margaret')], undefined],
  ['the only one', [agent('Ada', 1)], 'Ada'],
  ['the one that joined last', [agent('Frank', 2), agent('Ada', 1)], 'Frank'],
  [
    'of two in the same second, the one listed later',
    [agent('Ada', 1), agent('Frank', 1)],
    'Frank',
  ],
  ['not one that waits', [agent('Ada', 1), agent('Frank', 2, { waiting: true })], 'Ada'],
  ['not one that leaves', [agent('Ada', 3, { leaving: 'handoff' }), agent('Frank', 2)], 'Frank'],
  [
    'the one that leaves, until the other no longer waits',
    [agent('Ada', 1, { leaving: 'handoff' }), agent('Frank', 2, { waiting: true })],
    'Ada',
  ],
  ['a leaving one if it is alone', [agent('Ada', 1, { leaving: 'goodbye' })], 'Ada'],
  ['a waiting one if it is alone', [agent('Ada', 1, { waiting: true })], 'Ada'],
  [
    'the last of those that leave',
    [agent('Ada', 1, { leaving: 'shutdown' }), agent('Frank', 2, { leaving: 'goodbye' })],
    'Frank',
  ],
])('the word: %s', (_what, present, name) => {
  expect(leadOf(present)?.name).toBe(name);
});

const ada = { kind: 'agent', name: 'Ada', role: 'front desk' } as const;
test.each<[string, Present[], boolean, string, string[]]>([
  ['nobody: whoever is expected', [], false, 'Ada', []],
  [
    'the agent, the person beside',
    [agent('Frank', 1), person('Margaret')],
    false,
    'Frank',
    ['Margaret'],
  ],
  [
    'the people, once the agent is gone',
    [person('Margaret'), person('Lee')],
    false,
    'Margaret, Lee',
    [],
  ],
  ['who was called back, until it is there', [person('Margaret')], true, 'Ada', ['Margaret']],
  [
    'one that waits is beside',
    [agent('Ada', 1), agent('Frank', 2, { waiting: true })],
    false,
    'Ada',
    ['Frank'],
  ],
])('the stage: %s', (_what, present, called, name, others) => {
  const participants = participantsOf(present, ada, called);
  expect(participants.stage.map((one) => one.name).join(', ')).toBe(name);
  expect(participants.others.map((one) => one.name)).toEqual(others);
});
