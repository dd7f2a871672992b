// The recordings of a call, and which turn is heard when.
import { expect, test } from 'vitest';
import type { Mark } from '@/lib/calls/call';
import { recordingsOf, turnAt, wordAt, wordsOf } from '@/lib/calls/view/recordings';

const recordingAt = (at: number, file: string, startedAt: number, endedAt?: number): Mark => ({
  kind: 'event',
  id: `${file}-${at}`,
  from: at,
  to: at,
  source: 'worker:w',
  what: { kind: 'recording', file, startedAt, endedAt, channels: 2 },
});
const turn = (from: number, to: number, text: string, typed = false): Mark => ({
  kind: 'turn',
  id: `${from}`,
  from,
  to,
  speaker: 'agent',
  by: 'Ada',
  text,
  typed,
  interrupted: false,
  latency: {},
});

test('lists each file once, with its end if it was reported', () => {
  const marks = [
    recordingAt(500, 'c/a.wav', 9_500),
    recordingAt(4_000, 'c/b.wav', 13_000),
    recordingAt(5_000, 'c/a.wav', 9_500, 14_000),
  ];
  expect(recordingsOf({ marks })).toEqual([
    { file: 'c/a.wav', from: 500, to: 5_000 },
    { file: 'c/b.wav', from: 4_000, to: undefined },
  ]);
});

test('an end event alone contains the beginning', () => {
  expect(recordingsOf({ marks: [recordingAt(5_000, 'c/a.wav', 9_500, 14_000)] })).toEqual([
    { file: 'c/a.wav', from: 500, to: 5_000 },
  ]);
});

test('the last speaker is heard; typed turns are not', () => {
  const marks = [turn(0, 1_000, 'a'), turn(800, 2_000, 'b'), turn(900, 3_000, 'c', true)];
  expect([0, 900, 1_500, 2_000].map((at) => turnAt(marks, at)?.id)).toEqual([
    '0',
    '800',
    '800',
    undefined,
  ]);
});

test('longer words take longer', () => {
  const said = { from: 1_000, to: 2_000, text: 'I understand it' };
  expect(wordsOf(said.text)).toEqual(['I ', 'understand ', 'it']);
  expect([1_000, 1_130, 1_200, 1_860, 1_900, 1_999, 2_500].map((at) => wordAt(said, at))).toEqual([
    0, 0, 1, 1, 2, 2, 2,
  ]);
  expect(wordAt({ from: 0, to: 0, text: '' }, 0)).toBe(-1);
});
