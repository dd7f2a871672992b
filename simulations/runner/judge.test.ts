import { expect, it } from 'vitest';
import type { Mark, Timeline } from '@/lib/calls/call';
import type { ScenarioLine } from '../../lib/simulations/scenario';
import { judgeAnswer, judgeOutcome, judgeTools } from './judge';

const line = (more: Partial<ScenarioLine> = {}): ScenarioLine => ({
  say: 'When are you open?',
  hear: ['half past eight'],
  ...more,
});
const answer = { heard: 'From 8:30 to six.', delayMs: 900, agent: 'front-desk' };

it('accepts an expected response', () => {
  expect(judgeAnswer(line({ never: ['closed'], agent: 'front-desk' }), answer)).toEqual([]);
});

it.each<[string, Partial<ScenarioLine>, Partial<typeof answer>]>([
  ['not heard', {}, { heard: 'From nine.' }],
  ['heard', { never: ['six'] }, {}],
  ['late', { within: 0.5 }, {}],
  ['not handed over', { agent: 'billing' }, {}],
])('tells "%s"', (kind, more, other) => {
  const misses = judgeAnswer(line(more), { ...answer, ...other });
  expect(misses.map((miss) => miss.kind)).toEqual([kind]);
});

it('reports a missing response, except to waiting and hanging up', () => {
  const nothing = { heard: '', delayMs: undefined, agent: 'front-desk' };
  expect(judgeAnswer({ say: 'Hello?' }, nothing)).toEqual([{ kind: 'no answer', withinMs: 8_000 }]);
  expect(judgeAnswer({ wait: 10 }, nothing)).toEqual([]);
  expect(judgeAnswer({ say: 'Bye', hangUp: true }, nothing)).toEqual([]);
});

const tool = (args: object, at: number): Mark => ({
  ...{ kind: 'tool', id: `${at}`, from: at, to: at, tool: 'bookAppointment', label: undefined },
  ...{ args: JSON.stringify(args), result: '', failed: false },
});
const timeline = (...marks: Mark[]) =>
  ({ call: { outcome: 'appointment' }, marks }) as unknown as Timeline;

it('counts a tool call with its arguments, from its line on', () => {
  const args = { time: '10:30', name: 'ben carter', day: 'Tuesday' };
  const wanted = line({ tool: { bookAppointment: args } });
  const booked = tool({ time: '10:30', name: 'Ben Carter', day: '2026-11-24' }, 20_000);
  expect(judgeTools(wanted, timeline(booked), 15_000)).toEqual([]);
  expect(judgeTools(wanted, timeline(booked), 25_000)).toMatchObject([
    { kind: 'no tool', called: '' },
  ]);
  const wednesday = tool({ ...args, day: '2026-11-25' }, 20_000);
  expect(judgeTools(wanted, timeline(wednesday), 15_000)).toHaveLength(1);
  const other = tool({ time: '11:30', name: 'Ben Carter' }, 20_000);
  expect(judgeTools(wanted, timeline(other), 15_000)).toMatchObject([
    { kind: 'no tool', called: 'bookAppointment {"time":"11:30","name":"Ben Carter"}' },
  ]);
});

it('compares the outcome if one is expected', () => {
  expect(judgeOutcome(undefined, timeline())).toEqual([]);
  expect(judgeOutcome('appointment', timeline())).toEqual([]);
  expect(judgeOutcome('none', timeline())).toEqual([
    { kind: 'other outcome', wanted: 'none', was: 'appointment' },
  ]);
});
