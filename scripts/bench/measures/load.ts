// Many simultaneous callers who talk with their agents: `npm run bench -- --load N`. Measures how latency, memory and
// database queries grow with their number. The callers are distributed over the deployments of the front desk, and run
// on the same machine.
import { parseWav, type Wav } from '@/agent/speech/wav';
import { speak } from '@/e2e/support/speech';
import type { Bench } from '../support/bench';
import { NodeCaller } from '../support/node-caller';
import { memoryBelow, total } from '../support/processes';
import type { Exchange } from '../support/speech-segments';
import { QUESTIONS } from '../support/speech-segments';
import { type Finding, spread } from '../table';

const DEPLOYMENTS = ['production', 'staging'];

/** Default numbers of simultaneous callers, measured one after the other: up to what two cores should handle. */
export const LOADS: readonly number[] = [1, 2, 4, 8, 12];
/**
 * Maximum ratio of the median latency with the most callers to that with the fewest. Callers beyond the capacity wait in
 * the queue, so that they do not slow down the others.
 */
const MOST_TIMES = 4;
/** Milliseconds between two samples of memory and database during the load. */
const LOOK_MS = 2_000;

/** Shared state of the callers of one load. */
interface Load {
  readonly web: string;
  readonly sounds: readonly Wav[];
  /** Number of measured questions per caller. */
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
    const exchange = await caller.asks(load.sounds[turn % load.sounds.length] as Wav);
    if (counts) found.push(exchange);
  }
  return found;
}

async function call(load: Load, place: number): Promise<Came> {
  const deployment = DEPLOYMENTS[place % DEPLOYMENTS.length] as string;
  const coming = NodeCaller.call(load.web, { agent: 'front-desk', deployment });
  const caller = await coming.catch(() => 'no agent' as const);
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

/** Samples taken during the load. */
interface Sight {
  /** Private memory in MB above the idle value. */
  readonly memory: number[];
  /** Milliseconds to list the latest calls. */
  readonly lists: number[];
}

/** Takes samples until `over`. */
async function watch(bench: Bench, load: Load, over: () => boolean): Promise<Sight> {
  const { pid } = await bench.stack();
  const rest = total(memoryBelow(pid));
  const sight: Sight = { memory: [], lists: [] };
  while (!over()) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    if (load.coming > 0) continue;
    sight.memory.push(total(memoryBelow(pid)) - rest);
    const began = performance.now();
    await bench.ask('GET', '/api/calls?limit=20');
    sight.lists.push(performance.now() - began);
  }
  return sight;
}

async function callersAtOnce(
  bench: Bench,
  sounds: readonly Wav[],
  callers: number,
): Promise<Finding[]> {
  const { web } = await bench.stack();
  await bench.idle();
  const shared: Load = { web, sounds, count: bench.runs, coming: callers };
  let over = false;
  const seeing = watch(bench, shared, () => over);
  const calls = Array.from({ length: callers }, (_, place) => call(shared, place));
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

/** Measures each number of callers. @param loads in the order of measurement */
export async function load(bench: Bench, loads: readonly number[]): Promise<Finding[]> {
  const { speech } = await bench.stack();
  const wavs = await Promise.all(QUESTIONS.map((question) => speak(speech, question)));
  const sounds = wavs.map((wav) => parseWav(wav));
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
