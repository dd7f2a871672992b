import { expect, it } from 'vitest';
import type { Mark, Timeline } from '@/lib/calls/call';
import type { LineResult } from '@/lib/calls/test-calls/result';
import type { ScenarioLine } from '@/lib/simulations/scenarios';
import {
  isAskedToRepeat,
  judgeAnswer,
  judgeOutcome,
  judgeTools,
  mergeRepeated,
} from '@/simulations/runner/judge';

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
  ['not handed off', { agent: 'billing' }, {}],
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

it('compares names of before 0.2', () => {
  const marks = [{ kind: 'tool', tool: 'handOff', args: '{"to":"billing"}', to: 0 }];
  const call = { call: { outcome: 'handed off' }, marks } as unknown as Timeline;
  expect(judgeTools(line({ tool: { handOver: { to: 'billing' } } }), call, 0)).toEqual([]);
  expect(judgeOutcome('handed over', call)).toEqual([]);
});

const asks = { say: 'How can I pay?', hear: ['card'] };
const missed: LineResult = {
  said: 'How can I pay?',
  heard: "Sorry, I didn't catch that. I can take a message.",
  delayMs: 900,
  misses: [{ kind: 'not heard', wanted: 'card', near: '' }],
};

it('repeats a line if the agent asks for it', () => {
  expect(isAskedToRepeat(asks, missed)).toBe(true);
  expect(isAskedToRepeat(asks, { ...missed, heard: 'Could you repeat that?' })).toBe(true);
});

it('does not repeat it if it was understood, the agent does not ask, or nothing was said', () => {
  expect(isAskedToRepeat(asks, { ...missed, misses: [] })).toBe(false);
  expect(isAskedToRepeat(asks, { ...missed, heard: 'We are open from nine to six.' })).toBe(false);
  expect(isAskedToRepeat({ ...asks, say: undefined }, missed)).toBe(false);
});

it('shows both, and keeps late responses and unwanted words as faults', () => {
  const late = { kind: 'late', limitMs: 800, ms: 900 } as const;
  const first = { ...missed, misses: [...missed.misses, late] };
  const second = { said: 'How can I pay?', heard: 'By card.', delayMs: 700, misses: [] };
  expect(mergeRepeated(first, second)).toEqual({
    said: 'How can I pay? – How can I pay?',
    heard: "Sorry, I didn't catch that. I can take a message. – By card.",
    delayMs: 900,
    misses: [late],
  });
});
