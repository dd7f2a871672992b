// CPU time of a call by kind of process: for its start and end, and for each second of conversation; and the number of
// its events.
import { existsSync } from 'node:fs';
import { parseWav, type Wav } from '@/agent/speech/wav';
import { speak } from '@/e2e/support/speech';
import type { Bench } from '../support/bench';
import { NodeCaller } from '../support/node-caller';
import { processorBelow } from '../support/processes';
import { QUESTIONS } from '../support/speech-segments';
import type { Finding } from '../table';

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

type Spent = ReadonlyMap<string, number>;

/** CPU time by part in milliseconds, and the elapsed milliseconds. */
interface Stretch {
  readonly ms: number;
  readonly of: (part: readonly string[]) => number;
}

function between(before: Spent, after: Spent, ms: number): Stretch {
  const spent = (kind: string) => (after.get(kind) ?? 0) - (before.get(kind) ?? 0);
  return { ms, of: (part) => part.reduce((sum, kind) => sum + spent(kind), 0) };
}

/** CPU time of the product during `work`. */
async function during(pid: number, work: () => Promise<unknown>): Promise<Stretch> {
  const before = processorBelow(pid);
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  return between(before, processorBelow(pid), ms);
}

/** Number of events from LiveKit and the workers, according to the metrics. */
async function told(web: string): Promise<number> {
  const text = await (await fetch(`${web}/api/metrics`)).text();
  const counts = text.matchAll(/^callboard_(?:event|webhook)_lag_seconds_count (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

async function talk(caller: NodeCaller, sounds: readonly Wav[], count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await caller.asks(sounds[turn % sounds.length] as Wav);
  }
}

async function come(web: string, place: number): Promise<NodeCaller> {
  const deployment = place % 2 === 0 ? 'production' : 'staging';
  const caller = await NodeCaller.call(web, { agent: 'front-desk', deployment });
  if (!caller) throw new Error('no place for a call');
  await caller.finished();
  return caller;
}

export async function cost(bench: Bench): Promise<Finding[]> {
  // Only Linux reports it for other processes.
  if (!existsSync('/proc/self/stat')) return [];
  const { pid, web, speech } = await bench.stack();
  const sounds = (await Promise.all(QUESTIONS.map((question) => speak(speech, question)))).map(
    (wav) => parseWav(wav),
  );
  const callers = Array.from({ length: CALLERS }, (_, place) => place);
  // Processes are slower when they do something for the first time, so one call is not counted.
  await (await come(web, 0)).hangUp();
  await bench.idle();
  const rest = await during(pid, () => new Promise((done) => setTimeout(done, REST_MS)));

  const before = await told(web);
  // A replacement process starts when a call ends, so the cost includes everything until the product is idle again.
  const short = await during(pid, async () => {
    for (const place of callers) await (await come(web, place)).hangUp();
    await bench.idle();
  });
  const greeted = await told(web);

  const all = await Promise.all(callers.map((place) => come(web, place)));
  const quiet = await told(web);
  const talking = await during(pid, () =>
    Promise.all(all.map((caller) => talk(caller, sounds, bench.runs))),
  );
  await Promise.all(all.map((caller) => caller.hangUp()));
  await bench.idle();
  const after = await told(web);

  const perCall = (greeted - before) / CALLERS;
  const inTalk = (after - quiet - (perCall * CALLERS) / 2) / CALLERS;
  const above = (stretch: Stretch, part: readonly string[]) =>
    stretch.of(part) - (rest.of(part) / rest.ms) * stretch.ms;
  return [
    ...PARTS.flatMap(([name, part]): Finding[] => [
      {
        what: `processor for the beginning and end of a call: ${name}`,
        unit: 'ms',
        values: [above(short, part) / CALLERS],
      },
      {
        what: `processor for a second of talk: ${name}`,
        unit: 'ms',
        values: [(above(talking, part) / CALLERS / talking.ms) * 1_000],
      },
    ]),
    { what: 'events of a call with a greeting alone', unit: 'times', values: [perCall] },
    {
      what: 'further events for a minute of talk',
      unit: 'times',
      values: [(Math.max(0, inTalk) / talking.ms) * 60_000],
    },
  ];
}
