// The geometry of a call's chart.
import { describe, expect, test } from 'vitest';
import { foldCall } from '@/lib/calls/timeline/timeline';
import {
  awaitsUpload,
  extentOf,
  GROUPS,
  groupOf,
  isReported,
  lanesOf,
  spread,
  ticksOf,
  USUAL_GROUPS,
  waitOf,
} from '@/lib/calls/view/picture';
import { eventAt } from '@/lib/testing/call-events';
import { sampleCall } from '@/lib/testing/calls';

const DISPATCHED = { agent: 'pia', deployment: 'production', by: 'token' } as const;
const AT = Date.UTC(2026, 10, 20, 10, 42);
const fold = (...of: Parameters<typeof sampleCall>) =>
  foldCall(sampleCall(...of).map((event) => ({ ...event, arrivedAt: event.at })));
const busy = fold(3, AT, { agent: 0, turns: 5, others: true, ending: 'caller' });

test('lanes: the caller on top, then each speaker once, then tools and events', () => {
  expect(lanesOf(busy).map(({ kind, label }) => `${kind} ${label}`.trim())).toEqual([
    expect.stringMatching(/^caller /),
    'agent Ada',
    'agent Frank',
    'person Sam',
    'tools',
    'events',
  ]);
});

test('every mark is in one group, and every turn and tool in one lane', () => {
  for (const mark of busy.marks) expect(GROUPS).toContain(groupOf(mark));
  const placed = lanesOf(busy).flatMap(({ marks }) => marks);
  expect(new Set(placed).size).toBe(placed.length);
  const said = busy.marks.filter(({ kind }) => kind !== 'event');
  for (const mark of said) expect(placed).toContain(mark);
});

test('measured steps and states are not among the events that are shown at first', () => {
  const { marks } = foldCall([eventAt('spans', 900, { agent: 'front-desk', spans: [] })]);
  expect(marks.map(groupOf)).toEqual(['states']);
  expect(USUAL_GROUPS).not.toContain('states');
});

test('what is said is known if a worker reports, or from the history of a session', () => {
  expect([isReported(busy), awaitsUpload(busy)]).toEqual([true, false]);
  const agent = { source: 'agent:AJ_1' };
  const on = { agent: 'pia', deployment: 'production' };
  const joined = eventAt('agent_joined', 500, { identity: 'agent-AJ_1', ...on });
  const traces = eventAt('spans', 900, { agent: 'pia', spans: [] }, agent);
  const config = eventAt(
    'agent_config',
    400,
    { ...on, version: 'prompt 3f2a91c', tools: [] },
    agent,
  );
  const known = (...events: Parameters<typeof foldCall>[0]) => {
    const call = foldCall(events);
    return { isReported: isReported(call), awaitsUpload: awaitsUpload(call) };
  };
  expect(known(joined)).toEqual({ isReported: false, awaitsUpload: true });
  expect(known(joined, traces)).toEqual({ isReported: false, awaitsUpload: true });
  expect(known(joined, traces, config)).toEqual({ isReported: true, awaitsUpload: false });
});

test('no transcript is awaited of an agent that never came', () => {
  const call = foldCall([eventAt('dispatched', 100, DISPATCHED)]);
  expect([isReported(call), awaitsUpload(call)]).toEqual([false, false]);
});

describe('the axis', () => {
  test('ends with the call, or with later events', () => {
    const { call, marks } = busy;
    expect(extentOf(call, marks, 0)).toBeGreaterThanOrEqual((call.endedAt ?? 0) - AT);
    expect(extentOf({ ...call, endedAt: AT }, [], 0)).toBe(1_000);
  });
  test.each([
    [0, 30_000],
    [29_999, 30_000],
    [30_000, 60_000],
  ])('of a call in progress for %i ms is %i ms', (ms, extent) => {
    expect(extentOf({ ...busy.call, endedAt: undefined }, [], AT + ms)).toBe(extent);
  });
  test.each([
    [8_000, 8_000, [0, 2_000, 4_000, 6_000, 8_000]],
    [125_000, 60_000, [0, 15_000, 30_000, 45_000, 60_000, 75_000, 90_000, 105_000, 120_000]],
    [30_000_000, 30_000_000, [0, 10_800_000, 21_600_000]],
  ])('%i ms with %i visible has ticks at %j', (extent, inView, ticks) => {
    expect(ticksOf(extent, inView)).toEqual(ticks);
  });
  test.each([180_000, 20_000])(
    '70 days with %i ms visible has at most a thousand distances',
    (inView) => {
      const ticks = ticksOf(70 * 86_400_000, inView);
      expect(ticks.slice(0, 2)).toEqual([0, 7_200_000]);
      expect(ticks).toHaveLength(841);
    },
  );
});

test('the caller waits from the end of their speech to the first audio', () => {
  const answer = busy.marks.find((mark) => mark.kind === 'turn' && mark.latency.firstAudio);
  const wait = answer && waitOf(answer);
  expect(wait && wait.to - wait.from).toBe(
    answer?.kind === 'turn' ? answer.latency.firstAudio : undefined,
  );
});

test.each([
  [[], undefined],
  [[5], { median: 5, slowest: 5, count: 1 }],
  [[1, 9, 3], { median: 3, slowest: 9, count: 3 }],
  [[4, 1, 9, 2], { median: 3, slowest: 9, count: 4 }],
])('spread of %j', (values, expected) => {
  expect(spread(values)).toEqual(expected);
});
