// Another LiveKit front end with a stock worker, measured beside ours: the same measures, alternating, in one run.

import { sumBy } from 'es-toolkit';
import { loadPage, type PageLoad } from '@/scripts/bench/measures/browser';
import { RATE_RUNS, startOwnWeb, tokensPerSecond } from '@/scripts/bench/measures/server';
import type { Bench } from '@/scripts/bench/support/bench';
import {
  type OtherFrontEnd,
  STOCK_AGENT,
  startOther,
} from '@/scripts/bench/support/other-front-end';
import { PageCall, type Seen } from '@/scripts/bench/support/page-call';
import { memoryOf, restingMemory, total } from '@/scripts/bench/support/processes';
import type { Finding, Target } from '@/scripts/bench/table';

interface Both<T> {
  readonly ours: T[];
  readonly theirs: T[];
}

/** Measures both, one after the other and in turn first, so that neither profits from the order. */
async function alternate<T>(
  runs: number,
  measure: (which: keyof Both<T>, run: number) => Promise<T>,
): Promise<Both<T>> {
  const found: Both<T> = { ours: [], theirs: [] };
  for (let run = 0; run < runs; run += 1) {
    const order = run % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const);
    for (const which of order) found[which].push(await measure(which, run));
  }
  return found;
}

/** Milliseconds from pressing the button; 0 for what was done before. */
const fromPress = (seen: Seen, at: number | undefined) =>
  Math.max(0, (at ?? Number.NaN) - (seen.pressedAt ?? Number.NaN));

/** The steps of a start, with the times of `Seen` that they end at and their maximum share of the other's time. */
const STEPS: readonly (readonly [string, (seen: Seen) => number | undefined, number?])[] = [
  ['page answers', ({ answeredAt }) => answeredAt, 1],
  ['click', ({ clickedAt }) => clickedAt],
  ['token', ({ tokenAt }) => tokenAt, 1],
  ['connection up', ({ connectedAt }) => connectedAt, 1],
  ["agent's audio track", ({ trackAt }) => trackAt, 0.7],
  ['first agent audio', ({ heard }) => heard[0], 0.4],
];

async function calls(bench: Bench, other: OtherFrontEnd, rests: boolean): Promise<Finding[]> {
  const { ours, theirs } = await alternate(bench.runs, async (which) => {
    await bench.idle(other.pids);
    const caller = await PageCall.open(bench, which === 'theirs' ? other.web : undefined);
    await caller.start(rests);
    await caller.greeted();
    await caller.finished();
    const seen = await caller.seen();
    await caller.end();
    return seen;
  });
  return STEPS.map(([name, at, ratio]) => ({
    what: `press → ${name}${rests ? '' : ', without resting on the button'}`,
    unit: 'ms',
    values: ours.map((seen) => fromPress(seen, at(seen))),
    beside: theirs.map((seen) => fromPress(seen, at(seen))),
    ...(ratio && { target: { ratio } }),
  }));
}

async function pages(bench: Bench, other: OtherFrontEnd): Promise<Finding[]> {
  const { web } = await bench.stack();
  const { ours, theirs } = await alternate(bench.runs, async (which) =>
    loadPage(await bench.browser(), which === 'ours' ? web : other.web),
  );
  const row = (what: string, unit: Finding['unit'], key: keyof PageLoad, target: Target) => ({
    ...{ what, unit, target },
    values: ours.map((one) => one[key]),
    beside: theirs.map((one) => one[key]),
  });
  return [
    row('JavaScript on first load', 'KB', 'first', { ratio: 1 }),
    row('JavaScript with all that is prefetched', 'KB', 'all', { ratio: 1, median: 370 }),
    row('first contentful paint', 'ms', 'paint', { ratio: 0.9 }),
  ];
}

const WARM_UP_RUNS = 5;

async function tokens(bench: Bench, other: OtherFrontEnd): Promise<Finding> {
  const own = await startOwnWeb(await bench.stack());
  try {
    const rate = (which: keyof Both<number>) =>
      which === 'ours'
        ? tokensPerSecond(own.url)
        : tokensPerSecond(other.web, { agent: STOCK_AGENT, status: 200 });
    // Ours has just been started, and code that has run often is faster.
    await alternate(WARM_UP_RUNS, rate);
    const { ours, theirs } = await alternate(RATE_RUNS, rate);
    return {
      what: 'tokens, 16 requests at once',
      unit: 'per s',
      values: ours,
      beside: theirs,
      target: { leastRatio: 1 },
    };
  } finally {
    await own.close();
  }
}

/** Private memory without speech and the LiveKit server, which both use. */
async function memory(bench: Bench, other: OtherFrontEnd): Promise<Finding> {
  const { pid } = await bench.stack();
  await bench.idle(other.pids);
  const own = await restingMemory(pid);
  const shared = (own.get('speech') ?? 0) + (own.get('livekit') ?? 0);
  return {
    what: 'memory at rest without speech and LiveKit',
    unit: 'MB',
    values: [total(own) - shared],
    beside: [sumBy(other.pids, memoryOf)],
    target: { ratio: 1 },
  };
}

/** Compares with the front end in this folder. */
export async function beside(bench: Bench, dir: string): Promise<Finding[]> {
  const other = await startOther(dir, await bench.stack());
  try {
    // The first call of a worker is slower.
    for (const web of [undefined, other.web]) {
      const caller = await PageCall.open(bench, web);
      await caller.start();
      await caller.greeted();
      await caller.end();
    }
    return [
      ...(await calls(bench, other, true)),
      ...(await calls(bench, other, false)),
      ...(await pages(bench, other)),
      // Before thousands of requests for tokens, after which the other's web process keeps more.
      await memory(bench, other),
      await tokens(bench, other),
    ];
  } finally {
    await other.close();
  }
}
