// The steps of a window, and the comparison of two deployments.
import { describe, expect, it } from 'vitest';
import {
  type AgentStats,
  compareStats,
  completeStats,
  type Spread,
  WINDOWS,
  windowAt,
} from '@/lib/calls/view/agent-stats';
import { catalogue } from '@/lib/core/catalogue';

const NOW = Date.UTC(2026, 10, 20, 12, 7, 30);
const spread = (ms?: number, measured = 100): Spread => ({ measured, p50Ms: ms, p95Ms: ms });
const stats = (joined: number, missed: number, ms = 500, measured = 100): AgentStats => ({
  agent: 'front-desk',
  deployment: 'production',
  calls: joined + missed,
  joined,
  missed,
  timeToJoin: spread(ms, measured),
  timeToFirstAudio: spread(ms, measured),
  answer: spread(ms, measured),
  errors: 0,
  endedBy: {},
  outcomes: {},
  interruptions: { count: 0, of: 0 },
  toolFailures: { count: 0, of: 0 },
  versions: [],
  steps: [],
});

describe('a window', () => {
  it.each([
    ['hour', '2026-11-20T11:10:00Z', '2026-11-20T12:10:00Z', 12],
    ['day', '2026-11-19T13:00:00Z', '2026-11-20T13:00:00Z', 24],
    ['week', '2026-11-13T18:00:00Z', '2026-11-20T18:00:00Z', 28],
  ] as const)(
    'of one %s has round steps and ends with the current one',
    (name, from, to, count) => {
      const { since, until, stepMs } = windowAt(name, NOW);
      expect([since, until]).toEqual([Date.parse(from), Date.parse(to)]);
      expect((until - since) / stepMs).toBe(count);
    },
  );

  it('begins a new step at a round time', () => {
    const round = Date.UTC(2026, 10, 20, 12);
    for (const name of WINDOWS) {
      expect(windowAt(name, round).until).toBe(round + windowAt(name, round).stepMs);
    }
  });
});

describe('statistics are complete', () => {
  const window = windowAt('hour', NOW);
  const at = window.since + window.stepMs;

  it('with all deployments of the catalogue and all steps', () => {
    const one = { ...stats(1, 0), steps: [{ ...stats(1, 0), at }] };
    const all = completeStats({ measured: [one], seen: [] }, window, catalogue);
    expect(all).toHaveLength(catalogue.flatMap(({ deployments }) => deployments).length);
    const [first, second] = all;
    expect(first?.steps.map(({ calls }) => calls)).toEqual([0, 1, ...Array(10).fill(0)]);
    expect([second?.deployment, second?.calls, second?.steps.length]).toEqual(['staging', 0, 12]);
  });

  it('followed by those that are no longer in the catalogue', () => {
    const all = completeStats(
      { measured: [{ ...stats(1, 0), agent: 'gone' }], seen: [] },
      window,
      catalogue,
    );
    expect(all.at(-1)?.agent).toBe('gone');
  });

  it('and by those that another program dispatched, once', () => {
    const gone = { ...stats(1, 0), agent: 'gone' };
    const seen = ['gone', 'theirs', catalogue[0]?.name ?? ''].map((agent) => ({
      agent,
      deployment: 'production',
    }));
    const all = completeStats({ measured: [gone], seen }, window, catalogue);
    expect(all.slice(-2).map(({ agent, calls }) => [agent, calls])).toEqual([
      ['gone', 1],
      ['theirs', 0],
    ]);
    expect(all).toHaveLength(catalogue.flatMap(({ deployments }) => deployments).length + 2);
  });
});

describe('a comparison', () => {
  it.each<[string, AgentStats, AgentStats, ReturnType<typeof compareStats>]>([
    ['is not made from 19 calls', stats(19, 0), stats(900, 0), { few: true }],
    ['nor with 19 calls', stats(900, 0), stats(19, 0), { few: true }],
    [
      'finds no difference between equals',
      stats(20, 0),
      stats(20, 0),
      { few: false, differences: [] },
    ],
    [
      'ignores a difference that can be chance',
      stats(18, 2),
      stats(99, 1),
      { few: false, differences: [] },
    ],
    ['in both directions', stats(99, 1), stats(18, 2), { few: false, differences: [] }],
    [
      'finds a higher share',
      stats(100, 0),
      stats(80, 20),
      { few: false, differences: [{ of: 'join', more: true, points: 20 }] },
    ],
    [
      'finds a difference that cannot be chance',
      stats(80, 20),
      stats(100, 0),
      { few: false, differences: [{ of: 'join', more: false, points: 20 }] },
    ],
    ['ignores 49 ms', stats(20, 0, 149), stats(20, 0, 100), { few: false, differences: [] }],
    ['ignores 9 %', stats(20, 0, 1090), stats(20, 0, 1000), { few: false, differences: [] }],
    [
      'ignores the latencies of 19 answers',
      stats(30, 0, 900, 19),
      stats(30, 0, 100),
      { few: false, differences: [] },
    ],
    [
      'finds 50 ms, and the direction',
      stats(20, 0, 100),
      stats(20, 0, 150),
      {
        few: false,
        differences: (['timeToJoin', 'timeToFirstAudio', 'answer'] as const).map((of) => ({
          of,
          slower: false,
          ms: 50,
        })),
      },
    ],
  ])('%s', (_, one, other, said) => {
    const { differences, ...rest } = { differences: undefined, ...compareStats(one, other) };
    const rounded = differences?.map((d) =>
      'points' in d ? { ...d, points: Math.round(d.points) } : d,
    );
    expect(rounded ? { ...rest, differences: rounded } : rest).toEqual(said);
  });

  it.each(['interruptions', 'toolFailures'] as const)('of %s as a share', (of) => {
    const compared = (one: [number, number], other: [number, number]) =>
      compareStats(
        { ...stats(30, 0), [of]: { count: one[0], of: one[1] } },
        { ...stats(30, 0), [of]: { count: other[0], of: other[1] } },
      );
    const more = { of, more: true, points: 20 };
    expect(compared([30, 100], [10, 100])).toEqual({ few: false, differences: [more] });
    const same = { few: false, differences: [] };
    expect(compared([12, 100], [10, 100])).toEqual(same);
    // Too few on one side, and nothing known.
    expect(compared([19, 19], [0, 100])).toEqual(same);
    expect(compared([0, 0], [10, 100])).toEqual(same);
  });
});
