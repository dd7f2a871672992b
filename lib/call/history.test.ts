// The history that one page sends to another: the same lines from an outside view, validated on arrival.
import { expect, test } from 'vitest';
import { readHistory, writeHistory } from '@/lib/call/history';
import type { Line } from '@/lib/call/line';
import { EMPTY_TRANSCRIPT, type TranscriptEvent, takeIn, type Voice } from '@/lib/call/transcript';
import { begunBefore, linesOf } from '@/lib/call/transcript-lines';

const you: Voice = { side: 'you', by: 'caller-1', name: '' };
const ada: Voice = { side: 'agent', by: 'agent-1', name: 'Ada' };
const spoken = (key: string, at: number, voice: Voice, text: string, final = true): Line => ({
  kind: 'speech',
  key,
  at,
  voice,
  text,
  final,
  typed: false,
  cut: false,
});
const LINES: Line[] = [
  spoken('a1', 0, ada, 'Good morning.'),
  spoken('u1', 3_000, you, 'Hello'),
  { kind: 'tool', key: 's1', at: 4_000, label: 'Looked', ms: 3 },
  { kind: 'divider', key: 'd1', at: 60_000, divider: { what: 'joined', name: 'Margaret' } },
  spoken('a2', 60_500, ada, 'I will leave', false),
];
const taken = (...events: TranscriptEvent[]) => linesOf(events.reduce(takeIn, EMPTY_TRANSCRIPT));

test('names "you" as the caller, and finishes open lines', () => {
  const history = readHistory(writeHistory(LINES, 61_000, 'Caller'));
  expect(history?.at).toBe(61_000);
  expect(history?.lines).toHaveLength(LINES.length);
  expect(history?.lines[1]).toMatchObject({
    voice: { side: 'person', by: 'caller-1', name: 'Caller' },
  });
  expect(history?.lines.every((line) => line.kind !== 'speech' || line.final)).toBe(true);
});

test('reads a handoff from a page of before 0.2', () => {
  const handoff = (what: string) => ({ what, from: 'Ada', to: 'Frank' });
  const lines = [{ kind: 'divider', key: 'd1', at: 1, divider: handoff('handover') }];
  const history = readHistory(JSON.stringify({ at: 1, lines }));
  expect(history?.lines).toEqual([{ ...lines[0], divider: handoff('handoff') }]);
});

test('shows the history above live lines, with times of the call', () => {
  const history = readHistory(writeHistory(LINES, 61_000, 'Caller'));
  if (!history) throw new Error('not read');
  const live: TranscriptEvent[] = [
    { kind: 'divider', id: 'd1', at: 900, divider: { what: 'left', name: 'Ada' } },
    {
      kind: 'speech',
      segment: 'a2',
      stream: 1,
      at: 100,
      voice: ada,
      text: 'I will leave you.',
      final: true,
    },
  ];
  // It may arrive after the first live line; a second one is ignored.
  for (const events of [
    [{ kind: 'history', at: 500, history } as const, ...live],
    [...live, { kind: 'history', at: 500, history } as const],
  ]) {
    const lines = taken(...events, { kind: 'history', at: 9_000, history: { at: 0, lines: [] } });
    expect(lines.map(({ key, at }) => [key, at])).toEqual([
      ['a1', 0],
      ['u1', 3_000],
      ['before-s1', 4_000],
      ['before-d1', 60_000],
      ['a2', 60_600],
      ['d1', 61_400],
    ]);
  }
});

test('a later participant’s timer starts with the call', () => {
  const connected = takeIn(EMPTY_TRANSCRIPT, {
    ...{ kind: 'divider', id: 'd', at: 100, divider: { what: 'left', name: 'Ada' } },
  } as const);
  expect(begunBefore(connected)).toBe(0);
  const history = { at: 61_000, lines: LINES };
  const later = takeIn(connected, { kind: 'history', at: 500, history });
  expect(begunBefore(later)).toBe(60_500);
  expect(linesOf(later).at(-1)?.at).toBe(60_600);
});

test('sends only the newest of very many lines', () => {
  const many = Array.from({ length: 1_200 }, (_, at) => spoken(`k${at}`, at, ada, 'x'));
  const history = readHistory(writeHistory(many, 1, 'Caller'));
  expect(history?.lines).toHaveLength(1_000);
  expect(history?.lines.at(-1)?.key).toBe('k1199');
});

test.each(['', '{', '[]', '{"at":1}', '{"at":1,"lines":[{"kind":"html"}]}', 'null'])(
  'is not a history: %s',
  (sent) => expect(readHistory(sent)).toBeUndefined(),
);
