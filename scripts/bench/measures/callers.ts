// Callers without a browser: what a call costs, and how many can talk at once on this machine.
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { sumBy } from 'es-toolkit';
import { fromPcm16, parseWav } from '@/agent/speech/pcm';
import { speak } from '@/e2e/support/speech';
import type { Bench } from '@/scripts/bench/support/bench';
import { NodeCaller } from '@/scripts/bench/support/node-caller';
import {
  type Memory,
  memoryBelow,
  processorBelow,
  restingMemory,
  total,
} from '@/scripts/bench/support/processes';
import { type Exchange, QUESTIONS } from '@/scripts/bench/support/speech-segments';
import { type Finding, spread } from '@/scripts/bench/table';

/** Number of simultaneous calls: more than the warm processes can take. */
const CALLS = 4;
/** Maximum ratio of memory after the calls to memory before them. */
const BACK_TO = 1.15;
/** Milliseconds without calls until the product is at rest: Node returns memory late. */
const RESTING_MS = 120_000;

const call = (web: string, place: number) =>
  NodeCaller.call(web, {
    agent: 'front-desk',
    deployment: place % 2 === 0 ? 'production' : 'staging',
  });

async function come(web: string, place: number): Promise<NodeCaller> {
  const caller = await call(web, place);
  if (!caller) throw new Error('no place for a call');
  await caller.finished();
  return caller;
}

async function spokenQuestions(speech: string): Promise<Float32Array[]> {
  const wavs = await Promise.all(QUESTIONS.map((question) => speak(speech, question)));
  return wavs.map((wav) => fromPcm16(parseWav(wav).data));
}

function byKind(memory: Memory): string {
  return [...memory].map(([kind, size]) => `${kind} ${Math.round(size)}`).join(', ');
}

/** Private memory of all processes of the product: after the start, per additional call, after the calls, and at rest. */
export async function memory(bench: Bench): Promise<Finding[]> {
  // Only Linux reports private memory.
  if (!existsSync('/proc/self/smaps_rollup')) return [];
  const { pid, web } = await bench.stack();
  await bench.idle();
  const started = await restingMemory(pid);
  const callers: NodeCaller[] = [];
  const each: number[] = [];
  let before = total(started);
  for (let place = 0; place < Math.min(CALLS, bench.runs); place += 1) {
    callers.push(await come(web, place));
    const now = total(await restingMemory(pid));
    each.push(now - before);
    before = now;
  }
  await Promise.all(callers.map((caller) => caller.hangUp()));
  await bench.idle();
  const after = await restingMemory(pid);
  await pause(RESTING_MS);
  const rest = await restingMemory(pid);
  const times = total(after) / total(started);
  return [
    {
      what: 'private memory of all processes after the start',
      unit: 'MB',
      values: [total(started)],
      note: byKind(started),
    },
    { what: '  one more call', unit: 'MB', values: each, target: { median: 120 } },
    {
      what: '  after these calls',
      unit: 'MB',
      values: [total(after)],
      note: byKind(after),
      ...(times > BACK_TO && { wrong: `${times.toFixed(2)} times as much, of at most ${BACK_TO}` }),
    },
    {
      what: '  at rest, two minutes later',
      unit: 'MB',
      values: [total(rest)],
      target: { median: 900 },
      note: byKind(rest),
    },
  ];
}

/** Number of simultaneous callers: few enough that nobody waits for a CPU on two cores. */
const CALLERS = 2;
/** Milliseconds of idle time whose cost is subtracted. */
const REST_MS = 8_000;

/** Reported parts, with the kinds of processes in each. */
const PARTS: readonly (readonly [string, readonly string[]])[] = [
  ['workers', ['workers', 'jobs', 'inference']],
  ['speech', ['speech']],
  ['LiveKit', ['livekit']],
  ['web', ['web']],
];

/** CPU time of the product during `work`, by part, and the elapsed time; both in milliseconds. */
async function during(pid: number, work: () => Promise<unknown>) {
  const before = processorBelow(pid);
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  const after = processorBelow(pid);
  const spent = (kind: string) => (after.get(kind) ?? 0) - (before.get(kind) ?? 0);
  return { ms, of: (part: readonly string[]) => sumBy(part, spent) };
}
type Stretch = Awaited<ReturnType<typeof during>>;

/** Number of events from LiveKit and the workers, according to the metrics. */
async function eventCount(web: string): Promise<number> {
  const text = await (await fetch(`${web}/api/metrics`)).text();
  const counts = text.matchAll(/^callboard_(?:event|webhook)_lag_seconds_count (\d+)$/gm);
  return sumBy([...counts], ([, count]) => Number(count));
}

/**
 * CPU time of a call by kind of process: for its start and end, and for each second of conversation; and the number of
 * its events.
 */
export async function cost(bench: Bench): Promise<Finding[]> {
  // Only Linux reports it for other processes.
  if (!existsSync('/proc/self/stat')) return [];
  const { pid, web, speech } = await bench.stack();
  const sounds = await spokenQuestions(speech);
  const callers = Array.from({ length: CALLERS }, (_, place) => place);
  // Processes are slower when they do something for the first time, so one call is not counted.
  await (await come(web, 0)).hangUp();
  await bench.idle();
  const rest = await during(pid, () => pause(REST_MS));

  const before = await eventCount(web);
  // A replacement process starts when a call ends, so the cost includes everything until the product is idle again.
  const short = await during(pid, async () => {
    for (const place of callers) await (await come(web, place)).hangUp();
    await bench.idle();
  });
  const greeted = await eventCount(web);

  const all = await Promise.all(callers.map((place) => come(web, place)));
  const quiet = await eventCount(web);
  const talking = await during(pid, () =>
    Promise.all(
      all.map((caller) => talk(caller, { web, sounds, count: bench.runs, coming: 0 }, 0)),
    ),
  );
  await Promise.all(all.map((caller) => caller.hangUp()));
  await bench.idle();
  const after = await eventCount(web);

  const perCall = (greeted - before) / CALLERS;
  const inTalk = (after - quiet - (perCall * CALLERS) / 2) / CALLERS;
  const above = (stretch: Stretch, part: readonly string[]) =>
    stretch.of(part) - (rest.of(part) / rest.ms) * stretch.ms;
  return [
    ...PARTS.flatMap(([name, part]): Finding[] => [
      {
        what: `CPU time to start and end a call: ${name}`,
        unit: 'ms',
        values: [above(short, part) / CALLERS],
      },
      {
        what: `CPU time for a second of conversation: ${name}`,
        unit: 'ms',
        values: [(above(talking, part) / CALLERS / talking.ms) * 1_000],
      },
    ]),
    { what: 'events of a call that is only greeted', unit: 'times', values: [perCall] },
    {
      what: 'events for each minute of conversation',
      unit: 'times',
      values: [(Math.max(0, inTalk) / talking.ms) * 60_000],
    },
  ];
}

/** Default numbers of simultaneous callers, measured one after the other: up to what two cores should handle. */
export const LOADS: readonly number[] = [1, 2, 4, 8, 12];
/**
 * Maximum ratio of the median latency with the most callers to that with the fewest. Callers beyond the capacity wait in
 * the queue, so that they do not slow down the others.
 */
const MOST_TIMES = 4;
/** Milliseconds between two samples of memory and database during the load. */
const LOOK_MS = 2_000;

interface Load {
  readonly web: string;
  readonly sounds: readonly Float32Array[];
  readonly count: number;
  /** Callers who are still connecting: questions are measured once there are none. */
  coming: number;
}

/** Result of one caller; `found` has undefined for each unanswered question. */
interface Came {
  readonly as: 'talked' | 'stayed in the queue' | 'no agent';
  readonly found: readonly (Exchange | undefined)[];
}

/** Asks questions one after the other, each after the previous answer has ended. */
async function talk(caller: NodeCaller, load: Load, place: number): Promise<Came['found']> {
  const found: (Exchange | undefined)[] = [];
  for (let turn = place; found.length < load.count; turn += 1) {
    const counts = load.coming === 0;
    const exchange = await caller.asks(load.sounds[turn % load.sounds.length] as Float32Array);
    if (counts) found.push(exchange);
  }
  return found;
}

async function talkOrQueue(load: Load, place: number): Promise<Came> {
  const caller = await call(load.web, place).catch(() => 'no agent' as const);
  load.coming -= 1;
  if (caller === 'no agent') return { as: caller, found: [] };
  if (!caller) return { as: 'stayed in the queue', found: [] };
  await caller.finished();
  const found = await talk(caller, load, place);
  await caller.hangUp();
  return { as: 'talked', found };
}

/** CPU usage of this process during `work`, in percent of one core. */
async function processorShare<T>(work: Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  const before = process.cpuUsage();
  const result = await work;
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 10 / (performance.now() - began)];
}

/** Until `over`: the private memory in MB above the idle value, and the milliseconds to list the latest calls. */
async function watch(bench: Bench, load: Load, over: () => boolean) {
  const { pid } = await bench.stack();
  const rest = total(memoryBelow(pid));
  const memory: number[] = [];
  const lists: number[] = [];
  while (!over()) {
    await pause(LOOK_MS);
    if (load.coming > 0) continue;
    memory.push(total(memoryBelow(pid)) - rest);
    const began = performance.now();
    await bench.ask('GET', '/api/calls?limit=20');
    lists.push(performance.now() - began);
  }
  return { memory, lists };
}

async function callersAtOnce(
  bench: Bench,
  sounds: readonly Float32Array[],
  callers: number,
): Promise<Finding[]> {
  const { web } = await bench.stack();
  await bench.idle();
  const shared: Load = { web, sounds, count: bench.runs, coming: callers };
  let over = false;
  const seeing = watch(bench, shared, () => over);
  const calls = Array.from({ length: callers }, (_, place) => talkOrQueue(shared, place));
  const calling = processorShare(Promise.all(calls)).finally(() => {
    over = true;
  });
  const [[came, share], { memory, lists }] = await Promise.all([calling, seeing]);
  const count = (as: Came['as']) => came.filter((one) => one.as === as).length;
  const found = came.flatMap((one) => one.found);
  const delays = found.flatMap((one) => (one ? [one.heardAt - one.askedAt] : []));
  const early = delays.filter((delay) => delay < 0).length;
  const lost = found.length - delays.length;
  const queued = count('stayed in the queue');
  return [
    {
      what: `callers at once, ${callers}${queued > 0 ? `, ${queued} stayed in the queue` : ''}: end of speech → answer`,
      unit: 'ms',
      values: delays,
      target: { p95: 1_500 },
      note: [
        `${count('talked')} talked`,
        `${lost} of ${found.length} not answered`,
        `${early} interrupted`,
        `${queued} stayed in the queue`,
        `without an agent: ${count('no agent')}`,
        `the callers took ${Math.round(share)} % of a core`,
      ].join(', '),
      ...((lost > 0 || count('no agent') > 0) && {
        wrong: 'unanswered questions, or callers without an agent',
      }),
    },
    { what: `  ${callers}: memory of the calls`, unit: 'MB', values: memory },
    { what: `  ${callers}: a list of calls`, unit: 'ms', values: lists },
  ];
}

/**
 * Many simultaneous callers who talk with their agents: how latency, memory and database queries grow with their number.
 * The callers are distributed over the deployments of the front desk, and run on the same machine.
 */
export async function load(bench: Bench, loads: readonly number[]): Promise<Finding[]> {
  const { speech } = await bench.stack();
  const sounds = await spokenQuestions(speech);
  const all: Finding[][] = [];
  for (const callers of loads) {
    process.stderr.write(` ${callers}`);
    all.push(await callersAtOnce(bench, sounds, callers));
  }
  const median = (at: number) => spread(all.at(at)?.[0]?.values ?? []).median;
  const times = median(-1) / median(0);
  const [first, ...rest] = all.flat();
  if (!first || times <= MOST_TIMES) return all.flat();
  const wrong = `${times.toFixed(1)} times as long with ${loads.at(-1)} callers as with ${loads[0]}`;
  return [{ ...first, wrong }, ...rest];
}
