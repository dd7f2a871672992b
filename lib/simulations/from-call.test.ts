// A call as a scenario: a valid file with the caller's lines, for any call.
import { expect, test } from 'vitest';
import type { Mark, Timeline } from '@/lib/calls/call';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { scenarioFromCall } from '@/lib/simulations/from-call';
import { parseScenario } from '@/lib/simulations/scenarios';
import { sampleCall } from '@/lib/testing/calls';

const AT = Date.UTC(2026, 10, 20, 10, 42);
const { call } = foldCall(
  sampleCall(7, AT, { agent: 0, ending: 'caller' }).map((event) => ({
    ...event,
    arrivedAt: event.at,
  })),
);

const turn = (speaker: 'caller' | 'agent', text: string, over: Partial<Mark> = {}): Mark =>
  ({
    kind: 'turn',
    id: text,
    from: 0,
    to: 1_000,
    speaker,
    by: speaker === 'agent' ? 'Ada' : 'Ben',
    text,
    typed: false,
    interrupted: false,
    latency: {},
    ...over,
  }) as Mark;
const tool = (over: object): Mark => ({
  kind: 'tool',
  id: 'tool',
  from: 0,
  to: 1,
  tool: 'bookAppointment',
  label: undefined,
  args: '{"day":"Monday","at":{"hour":9}}',
  result: '{}',
  failed: false,
  ...over,
});

function made(...marks: Mark[]) {
  const timeline: Timeline = { call, marks, stages: [], clocks: [] };
  const { name, body } = scenarioFromCall(timeline, 'line-check');
  return { name, body, scenario: parseScenario(body, `basic/${name}`) };
}

test('the caller repeats their lines; tools are expected, and answers are comments', () => {
  const { name, body, scenario } = made(
    turn('agent', 'Hello, this is Ada.'),
    turn('caller', 'Book me in on Monday.'),
    tool({ failed: true, args: '{"day":"Sunday"}' }),
    tool({}),
    turn('agent', 'You are booked for', { interrupted: true }),
    turn('caller', 'No "wait" // please'),
  );
  expect(name).toBe('callboard-2026-11-20-1042-front-desk.jsonc');
  expect(scenario).toMatchObject({ title: 'Call of 2026-11-20 10:42', agent: 'front-desk' });
  expect(scenario.talk).toEqual([
    { say: 'Book me in on Monday.', tool: { bookAppointment: { day: 'Monday' } } },
    { say: 'No "wait" // please', over: true },
  ]);
  expect(body).toContain('    // Ada: Hello, this is Ada.\n');
  expect(body).toContain('    // Ada: You are booked for —\n');
});

test.each([
  ['nothing was said', []],
  ['only the agent spoke', [turn('agent', 'Hello?\nAnybody there?')]],
  ['only keys were pressed', [turn('caller', '42', { pressed: true } as Partial<Mark>)]],
])('%s: the caller waits', (_, marks) => {
  expect(made(...marks).scenario.talk).toEqual([{ wait: 5 }]);
});

test('long calls and long lines fit into a scenario', () => {
  const { scenario } = made(
    ...Array.from({ length: 60 }, (_, n) => turn('caller', `${n} ${'word '.repeat(200)}`)),
    tool({ args: '{"cut off' }),
  );
  expect(scenario.talk).toHaveLength(40);
  expect(scenario.talk[0]?.say?.length).toBeLessThanOrEqual(500);
});
