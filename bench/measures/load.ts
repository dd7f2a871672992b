// Many callers at once who all talk, each in turn with their agent: `npm run bench -- --load N`. They
// are spread over the deployments of the front desk, and run on the same machine.
import { parseWav, type Wav } from '@/agent/speech/wav';
import { speak } from '@/e2e/support/speech';
import type { Finding } from '../finding';
import type { Bench } from '../support/bench';
import { NodeCaller } from '../support/node-caller';
import { QUESTIONS } from '../support/questions';
import type { Exchange } from '../support/stretches';

const DEPLOYMENTS = ['production', 'staging'];

/** What the callers of one load have in common. */
interface Load {
  readonly web: string;
  readonly sounds: readonly Wav[];
  /** Questions of each caller that count. */
  readonly count: number;
  /** Callers who are not in yet, or given up: questions count from when there are none. */
  coming: number;
}

/** What came of one caller; `found` has undefined for each question that was not answered. */
interface Came {
  readonly as: 'talked' | 'kept in line' | 'nobody came';
  readonly found: readonly (Exchange | undefined)[];
}

/** One question after another, each once the answer before it is over. */
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
  const caller = await coming.catch(() => 'nobody came' as const);
  load.coming -= 1;
  if (caller === 'nobody came') return { as: caller, found: [] };
  if (!caller) return { as: 'kept in line', found: [] };
  await caller.finished();
  const found = await talk(caller, load, place);
  await caller.hangUp();
  return { as: 'talked', found };
}

/** Percent of one core that this process takes while `work` is done. */
async function processorShare<T>(work: Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  const before = process.cpuUsage();
  const result = await work;
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 10 / (performance.now() - began)];
}

export async function load(bench: Bench, callers: number): Promise<Finding[]> {
  const { web, speech } = await bench.stack();
  await bench.idle();
  const wavs = await Promise.all(QUESTIONS.map((question) => speak(speech, question)));
  const sounds = wavs.map((wav) => parseWav(wav));
  const shared: Load = { web, sounds, count: bench.runs, coming: callers };
  const calls = Array.from({ length: callers }, (_, place) => call(shared, place));
  const [came, share] = await processorShare(Promise.all(calls));
  const count = (as: Came['as']) => came.filter((one) => one.as === as).length;
  const found = came.flatMap((one) => one.found);
  const delays = found.flatMap((one) => (one ? [one.heardAt - one.askedAt] : []));
  const early = delays.filter((delay) => delay < 0).length;
  return [
    {
      what: `${count('talked')} callers at once: end of speech → answer`,
      unit: 'ms',
      values: delays,
      target: { p95: 1_500 },
      note: [
        `${found.length - delays.length} of ${found.length} not answered`,
        `${early} cut into`,
        `${count('kept in line')} callers kept in line`,
        `nobody came to ${count('nobody came')}`,
        `the callers took ${Math.round(share)} % of a core`,
      ].join(', '),
    },
  ];
}
