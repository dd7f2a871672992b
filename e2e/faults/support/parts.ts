// Starts a product to cause faults in: everything with `npm start`, or single parts with `npm run <part>`, as on
// several machines. Each product has its own data folder and ports.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startFakeSpeech } from '@/agent/testing/fake-speech';
import { waitUntilReady } from '@/e2e/faults/support/poll';
import { type PartName, programOf } from '@/e2e/faults/support/processes';
import { Product } from '@/e2e/faults/support/product';
import { isUp } from '@/e2e/faults/support/service';
import { type Started, start } from '@/e2e/support/start';
import type { AgentStatus } from '@/lib/agents/answers';
import { copyTemplate } from '@/lib/testing/folder-template';
import { productPorts } from '@/lib/testing/ports';
import { outputOf } from '@/lib/testing/processes';

export type Settings = Readonly<Record<string, string>>;

/** The order in which parts are ended: the web process still receives the workers' last events. */
const ENDING = ['agent', 'web', 'livekit'] as const;

/** One part, in its own process. */
export class Part {
  readonly #output: () => string;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;

  private constructor(
    readonly name: PartName,
    private readonly child: ChildProcess,
  ) {
    this.ended = once(child, 'exit').then(([code]) => code);
    this.#output = outputOf(child);
  }

  /** All its output so far. */
  get said(): string {
    return this.#output();
  }

  /** Starts a part with these settings. */
  static start(name: PartName, settings: Settings, ...args: string[]): Part {
    const more = args.length > 0 ? ['--', ...args] : [];
    const child = spawn('npm', ['run', name, ...more], {
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Part(name, child);
  }

  /** Process id of its program. */
  get program(): number {
    return programOf(this.name, this.child.pid as number);
  }

  /** Kills its program with SIGKILL; its parent ends with it. */
  async kill(): Promise<void> {
    process.kill(this.program, 'SIGKILL');
    await this.ended;
  }

  /** Ends it as a person would, if it is still running. */
  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      // On SIGTERM, the LiveKit server waits until its rooms are empty.
      if (this.name === 'livekit') process.kill(this.program, 'SIGKILL');
      else this.child.kill('SIGTERM');
    }
    await this.ended;
  }
}

/** Data folder and ports of a product. */
export interface Place {
  readonly data: string;
  readonly ports: { readonly web: number; readonly speech: number; readonly livekit: number };
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'callboard-faults-'));

/** A new folder, unless one is given, and three free ports. */
export async function newPlace(data = newFolder()): Promise<Place> {
  return { data, ports: await productPorts() };
}

/** A new place with an empty database, which takes set-up several seconds of all cores to create. */
export async function placeWithDatabase(data = newFolder()): Promise<Place> {
  await copyTemplate(data);
  return newPlace(data);
}

/** Settings with which each part finds the others. */
export function settingsOf({ data, ports }: Place): Settings {
  const speech = `http://127.0.0.1:${ports.speech}/v1`;
  return {
    DATA_DIR: data,
    PORT: String(ports.web),
    CALLBOARD_URL: `http://127.0.0.1:${ports.web}`,
    SPEECH_PORT: String(ports.speech),
    SPEECH_STT_URL: speech,
    SPEECH_TTS_URL: speech,
    LIVEKIT_PORT: String(ports.livekit),
    AGENT_DRAIN_SECONDS: '0',
  };
}

/** A running product, and how a test controls it. */
export interface Running {
  readonly product: Product;
  /** Settings with which one more part finds the others. */
  readonly settings: Settings;
  /** Starts a part, which ends with the rest; resolves when it answers, if it has a URL. */
  part(name: PartName, settings?: Settings, ...args: string[]): Promise<Part>;
  /** The last started part of that name. */
  last(name: PartName): Part;
  close(): Promise<void>;
}

/** Everything that `npm start` runs and restarts. */
export interface Everything extends Running {
  readonly started: Started;
}

/** Starts and ends parts. */
function partsAt({ ports: { web, livekit } }: Place, shared: Settings) {
  const running: Part[] = [];
  const health = {
    livekit: `http://127.0.0.1:${livekit}`,
    web: `http://127.0.0.1:${web}/api/health`,
    agent: undefined,
  };
  return {
    async part(name: PartName, settings: Settings = {}, ...args: string[]) {
      const part = Part.start(name, { ...shared, ...settings }, ...args);
      running.push(part);
      const url = health[name];
      if (url) await waitUntilReady(async () => expect(await isUp(url), part.said).toBe(true));
      return part;
    },
    last(name: PartName) {
      const part = running.findLast((one) => one.name === name);
      if (!part) throw new Error(`${name} was not started`);
      return part;
    },
    end: async () => {
      for (const name of ENDING) {
        await Promise.all(running.filter((one) => one.name === name).map((one) => one.end()));
      }
    },
  };
}

/** Starts everything; resolves when the banner is printed. */
export async function everything(settings: Settings = {}, at?: Place): Promise<Everything> {
  const place = at ?? (await newPlace());
  const log = `test-results/faults/${place.ports.web}.log`;
  const started = await start({ command: 'start', ...place, log, settings });
  const product = new Product(started.stack);
  // The ports differ from those of the place if those were in use.
  const { web, speech } = started.stack;
  const shared = {
    ...settingsOf(place),
    CALLBOARD_URL: web,
    SPEECH_STT_URL: `${speech}/v1`,
    SPEECH_TTS_URL: `${speech}/v1`,
    ...settings,
    ...product.env,
  };
  const { end, ...ways } = partsAt(place, shared);
  return {
    product,
    started,
    settings: shared,
    ...ways,
    async close() {
      await product.allHangUp();
      await end();
      await started.end('SIGTERM');
      rmSync(place.data, { recursive: true, force: true });
    },
  };
}

/** Starts single parts, with fake speech. */
export async function parts(place: Place, ...names: PartName[]): Promise<Running> {
  const shared = settingsOf(place);
  const fakeSpeech = await startFakeSpeech(place.ports.speech);
  const { end, ...ways } = partsAt(place, shared);
  for (const name of names) await ways.part(name);
  const keys = JSON.parse(readFileSync(join(place.data, 'keys.json'), 'utf8')) as Settings;
  const { web, speech, livekit } = place.ports;
  const product = new Product({
    web: `http://127.0.0.1:${web}`,
    speech: `http://127.0.0.1:${speech}`,
    livekit: `ws://127.0.0.1:${livekit}`,
    apiKey: keys.key ?? '',
    apiSecret: keys.secret ?? '',
    pid: 0,
  });
  return {
    product,
    settings: { ...shared, ...product.env },
    ...ways,
    async close() {
      await product.allHangUp();
      await end();
      await fakeSpeech.close();
      rmSync(place.data, { recursive: true, force: true });
    },
  };
}

/** Waits until `count` workers of each agent are live on a deployment. */
export function workersLive({ product }: Running, count: number, deployment = 'production') {
  return waitUntilReady(async () => {
    const { agents } = (await product.ask('GET', '/api/agents')).body;
    const others = agents.flatMap(({ name, deployments }: AgentStatus) => {
      const found = deployments.find((one) => one.name === deployment);
      const why = `${name}: ${found?.workers} live, ${found?.problem}`;
      return found?.workers === count ? [] : [why];
    });
    expect(others).toEqual([]);
  });
}
