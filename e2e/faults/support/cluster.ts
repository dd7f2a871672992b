// A cluster on one machine, with calls in progress: two LiveKit nodes with Redis, PostgreSQL, two web processes, two
// workers, and the proxy of deploy/Caddyfile in front of nodes and web processes.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFakeSpeech } from '@/agent/testing/fake-speech';
import type { Call } from '@/e2e/faults/support/call';
import { HeldCalls, shortCall } from '@/e2e/faults/support/held-calls';
import { Part, type Settings, settingsOf } from '@/e2e/faults/support/parts';
import { soon, waitUntilReady, within } from '@/e2e/faults/support/poll';
import { Product } from '@/e2e/faults/support/product';
import {
  askRedis,
  hasCluster,
  isUp,
  type LiveKitCluster,
  type Service,
  startNode,
  startProxy,
  startRedis,
} from '@/e2e/faults/support/service';
import { startPostgres } from '@/lib/testing/databases';
import { freePort } from '@/lib/testing/ports';

/** Upper bound in milliseconds for a step on a busy machine. */
const STEP_MS = 180_000;
/** Milliseconds until the last rooms end: LiveKit waits 15 s for participants to return. */
const EMPTY_MS = 60_000;

/** LiveKit's Redis hashes of nodes and of each room's node, from pkg/routing/redisrouter.go. */
const NODES = 'nodes';
const ROOM_NODES = 'room_node_map';

const both = async <T>(make: (at: number) => Promise<T>): Promise<[T, T]> =>
  Promise.all([make(0), make(1)]);

/** Everything that was started, so that it is ended even if the rest fails to start. */
class Started {
  readonly folder = mkdtempSync(join(tmpdir(), 'callboard-cluster-'));
  readonly parts: Part[] = [];
  readonly services: Service[] = [];
  readonly others: (() => Promise<unknown>)[] = [];

  /** Ends everything without waiting for calls that a failed test left. */
  async close(): Promise<void> {
    await Promise.all(this.parts.map((part) => part.kill().catch(() => part.end())));
    await Promise.all(this.services.map((service) => service.kill()));
    for (const end of this.others) await end();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

type Running = Awaited<ReturnType<typeof startIn>>;

async function startIn(started: Started, settings: Settings) {
  const { folder, parts, services, others } = started;
  const [redisPort, speech] = await both(freePort);
  const [webPorts, nodePorts, laterPorts, fronts] = [
    await both(freePort),
    await both(freePort),
    await both(freePort),
    await both(freePort),
  ];
  const [pages, livekit] = fronts;
  const url = `http://127.0.0.1:${pages}`;
  const keys = { key: 'cluster', secret: randomBytes(32).toString('base64url') };
  const cluster: LiveKitCluster = {
    redis: redisPort,
    ...keys,
    webhook: `${url}/api/webhooks/livekit`,
  };
  const keep = async (starting: Promise<Service>) => {
    const service = await starting;
    services.push(service);
    return service;
  };
  const postgres = await startPostgres();
  others.push(() => postgres.remove());
  const redis = await keep(startRedis(redisPort, folder));
  const nodes: Service[] = [];
  const nodeIds: string[] = [];
  for (const port of nodePorts) {
    nodes.push(await keep(startNode(port, cluster)));
    await waitUntilReady(async () => {
      const ids = (await askRedis(redisPort, 'hkeys', NODES)).trim().split('\n');
      const [id] = ids.filter((one) => one && !nodeIds.includes(one));
      expect(id).toBeDefined();
      nodeIds.push(id as string);
    });
  }
  const upstreams = { web: webPorts, livekit: [...nodePorts, ...laterPorts] };
  const proxy = await keep(startProxy({ web: pages, livekit }, upstreams, folder));

  const shared: Settings = {
    ...settingsOf({ data: folder, ports: { web: pages, speech, livekit } }),
    LIVEKIT_URL: `ws://127.0.0.1:${livekit}`,
    LIVEKIT_API_KEY: keys.key,
    LIVEKIT_API_SECRET: keys.secret,
    DATABASE_URL: postgres.url,
    AGENT_DRAIN_SECONDS: '600',
    ...settings,
  };
  const start = (...args: Parameters<typeof Part.start>) => {
    const part = Part.start(...args);
    parts.push(part);
    return part;
  };
  const productAt = (web: string) =>
    new Product({
      web,
      speech: `http://127.0.0.1:${speech}`,
      livekit: `ws://127.0.0.1:${livekit}`,
      apiKey: keys.key,
      apiSecret: keys.secret,
      pid: 0,
    });
  const webUrls = webPorts.map((port) => `http://127.0.0.1:${port}`) as [string, string];

  async function startWeb(at: number): Promise<Part> {
    const part = start('web', { ...shared, PORT: String(webPorts[at]) });
    await waitUntilReady(async () =>
      expect(await isUp(`${webUrls[at]}/api/health`), part.said).toBe(true),
    );
    return part;
  }
  /** Waits until each web process reports `count` live workers. */
  const live = (count: number) =>
    waitUntilReady(async () => {
      for (const web of webUrls) expect(await workersAt(web)).toBe(count);
    });

  const fakeSpeech = await startFakeSpeech(speech);
  others.push(() => fakeSpeech.close());
  const webs = await both(startWeb);
  const startWorker = () => start('agent', shared);
  const workers = [startWorker(), startWorker()];
  await live(2);
  return {
    url,
    webUrls,
    /** The product through the proxy, and at each web process. */
    product: productAt(url),
    products: webUrls.map(productAt) as [Product, Product],
    ...{ postgres, redis, proxy, nodes, webs, workers },
    ...{ startWeb, startWorker, live },
    /** Index of a room's node, among the first two nodes. */
    async nodeOf(room: string) {
      const id = (await askRedis(redisPort, 'hget', ROOM_NODES, room)).trim();
      return nodeIds.indexOf(id);
    },
    /** Starts a node beside the one at this index, as its successor. */
    startNextNode: (at: number) => keep(startNode(laterPorts[at] as number, cluster)),
  };
}

/** Live workers of the line check, according to a web process. */
async function workersAt(web: string): Promise<number> {
  const { agents } = await (await fetch(`${web}/api/agents`)).json();
  const { deployments } = agents.find(({ name }: { name: string }) => name === 'line-check');
  return deployments.find(({ name }: { name: string }) => name === 'production')?.workers ?? 0;
}

/** A cluster whose parts a test file kills or restarts, step by step, during calls. */
export class Cluster {
  readonly #started = new Started();
  #running: Running | undefined;
  #held: HeldCalls | undefined;
  /** Calls that started and ended between the steps. */
  readonly short: Call[] = [];
  #failed = false;

  /** @param name of the test file, for the log of a failed step */
  constructor(
    private readonly name: string,
    settings: Settings = {},
  ) {
    beforeAll(async () => {
      if (!hasCluster) return;
      this.#running = await startIn(this.#started, settings);
      this.#held = new HeldCalls(this.#running.product);
    }, STEP_MS);
    afterAll(async () => {
      await Promise.all([this.#held?.end(), this.#started.close()]);
    }, STEP_MS);
  }

  /** The running parts. */
  get parts(): Running {
    if (!this.#running) throw new Error('nothing was started');
    return this.#running;
  }

  /** The calls that continue through all steps. */
  get held(): HeldCalls {
    if (!this.#held) throw new Error('nothing was started');
    return this.#held;
  }

  /** One step. After a failed step the others are skipped, because they use the same parts. */
  step(title: string, body: () => Promise<void>): void {
    test.skipIf(!hasCluster)(title, { timeout: STEP_MS }, async ({ skip, onTestFailed }) => {
      skip(this.#failed, 'a step before it failed');
      onTestFailed(() => {
        this.#failed = true;
        this.#keepOutput();
      });
      await body();
    });
  }

  #keepOutput(): void {
    const file = `test-results/faults/${this.name}.log`;
    const all = [...this.#started.parts, ...this.#started.services];
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, all.map(({ name, said }) => `=== ${name}\n${said}`).join('\n'));
  }

  /** Makes a short call, and checks that the held calls continue. */
  async allGoesOn(): Promise<void> {
    this.short.push(await shortCall(this.parts.product));
    await this.held.goOn();
  }

  /** All callers hang up; resolves when each call is stored with everything that was said, and no room is left. */
  async end(): Promise<void> {
    await this.held.hangUp();
    for (const call of this.short) {
      await soon(async () => (await call.summary())?.endedBy).toBe('caller');
    }
    await within(EMPTY_MS, () => this.parts.product.livekit.rooms.listRooms()).toEqual([]);
  }
}
