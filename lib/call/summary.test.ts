// The summary of a call after its end.
import { expect, test } from 'vitest';
import type { Line } from '@/lib/call/line';
import { agentsIn, outcomeIn } from '@/lib/call/summary';

const handoff = (from: string, to: string): Line => ({
  ...{ kind: 'divider', key: `${from}-${to}`, at: 0, divider: { what: 'handoff', from, to } },
});
const booked: Line = {
  ...{ kind: 'tool', key: 't', at: 0, label: 'Asked the diary to book', ms: 3 },
  ...{ outcome: 'appointment', result: '"It is booked: tomorrow at ten, for Jane Miller."' },
  args: JSON.stringify({ service: 'blood test', day: '2026-11-26', time: '10:00', name: 'Jane' }),
};

test.each([
  ['one agent', 'Ada', [], ['Ada']],
  ['a handoff', 'Ada', [handoff('Ada', 'Frank')], ['Ada', 'Frank']],
  [
    'there and back',
    'Ada',
    [handoff('Ada', 'Frank'), handoff('Frank', 'Ada')],
    ['Ada', 'Frank', 'Ada'],
  ],
  ['a colleague, without a called agent', undefined, [handoff('Ada', 'Frank')], ['Ada', 'Frank']],
] as const)('agents: %s', (_, first, lines, agents) => {
  expect(agentsIn(first, lines)).toEqual(agents);
});

test('has the outcome of the last tool with one', () => {
  const { outcome: _, ...looked } = booked as Extract<Line, { kind: 'tool' }>;
  expect(outcomeIn([looked])).toBeUndefined();
  expect(outcomeIn([booked, looked])).toMatchObject({
    outcome: 'appointment',
    result: 'It is booked: tomorrow at ten, for Jane Miller.',
  });
});
