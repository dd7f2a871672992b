// Starts what faults are caused to: everything as `npm start` does it, or some parts each alone. Each
// has a data folder and ports of its own.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Started, start } from '@/e2e/support/start';
import type { AgentStatus } from '@/lib/workers';
import type { Part, Settings } from './part';
import { newPlace, type Place, partsAt, settingsOf } from './place';
import type { PartName } from './processes';
import { Product } from './product';
import { before } from './until';

/** Milliseconds for `beforeAll` and `afterAll`. */
export const STACK_MS = 180_000;

/** What was started, and what a test does with it. */
export interface Running {
  readonly product: Product;
  /** Settings that lead one more part to the others. */
  readonly settings: Settings;
  /** Starts a part, which ends with the rest; one with an address of its own answers then. */
  part(name: PartName, settings?: Settings, ...args: string[]): Promise<Part>;
  /** The last part of that name that was started. */
  last(name: PartName): Part;
  close(): Promise<void>;
}

/** Everything, as `npm start` brings it up and keeps it up. */
export interface Everything extends Running {
  readonly started: Started;
}

/** Starts everything; resolves when the banner is there. */
export async function everything(settings: Settings = {}, at?: Place): Promise<Everything> {
  const place = at ?? (await newPlace());
  const log = `test-results/faults/${place.ports.web}.log`;
  const started = await start({ command: 'start', ...place, log, settings });
  const product = new Product(started.stack);
  const shared = { ...settingsOf(place), ...settings, ...product.env };
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

/** Starts some parts one by one. */
export async function parts(place: Place, ...names: PartName[]): Promise<Running> {
  const shared = settingsOf(place);
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
      rmSync(place.data, { recursive: true, force: true });
    },
  };
}

/** Waits until so many workers of each agent are live on a deployment. */
export function workersLive({ product }: Running, count: number, deployment = 'production') {
  return before(async () => {
    const { agents } = (await product.ask('GET', '/api/agents')).body;
    const others = agents.flatMap(({ name, deployments }: AgentStatus) => {
      const found = deployments.find((one) => one.name === deployment);
      const why = `${name}: ${found?.workers} live, ${found?.problem}`;
      return found?.workers === count ? [] : [why];
    });
    expect(others).toEqual([]);
  });
}
