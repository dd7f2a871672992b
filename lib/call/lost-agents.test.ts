// Who counts as lost while LiveKit still shows them.
import { expect, test } from 'vitest';
import { LostAgents } from '@/lib/call/lost-agents';
import { HEARTBEAT_TIMEOUT_MS } from '@/lib/livekit/attributes';

const signs: [string, number, boolean, boolean][] = [
  ['what was on its way when it was lost', HEARTBEAT_TIMEOUT_MS - 1, false, true],
  ['a sign of life of one that leaves', HEARTBEAT_TIMEOUT_MS, true, true],
  ['a sign of life long after', HEARTBEAT_TIMEOUT_MS, false, false],
];
test.each(signs)('%s', (_what, after, leaves, lost) => {
  const agents = new LostAgents();
  agents.add('Ada', 1_000);
  agents.heartbeat('Ada', leaves, 1_000 + after);
  agents.heartbeat('Frank', false, 1_000 + after);
  expect(agents.has('Ada')).toBe(lost);
  expect([...agents.identities]).toEqual(lost ? ['Ada'] : []);
});

test('reported again, it is lost from then on', () => {
  const agents = new LostAgents();
  agents.add('Ada', 0);
  agents.add('Ada', 1_000);
  agents.heartbeat('Ada', false, HEARTBEAT_TIMEOUT_MS);
  expect(agents.has('Ada')).toBe(true);
  agents.clear();
  expect(agents.has('Ada')).toBe(false);
});
