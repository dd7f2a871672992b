// A product of many parts on one machine: two LiveKit nodes with Redis, PostgreSQL, two web processes and
// two workers of each deployment, and the proxy of deploy/Caddyfile before nodes and web processes.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { startPostgres } from '@/lib/testing/databases';
import { freePort } from '@/lib/testing/ports';
import { Part, type Settings } from '../part';
import { settingsOf } from '../place';
import { Product } from '../product';
import { before } from '../until';
import { type LiveKitCluster, startNode } from './livekit-node';
import { startProxy } from './proxy';
import { Redis } from './redis';
import { isUp, type Service } from './service';

const both = async <T>(make: (at: number) => Promise<T>): Promise<[T, T]> =>
  Promise.all([make(0), make(1)]);

/** Deployments with two workers each. */
export const DEPLOYMENTS = ['production', 'staging'] as const;
type Deployment = (typeof DEPLOYMENTS)[number];

/** A worker of a deployment. */
interface Worker {
  readonly deployment: Deployment;
  readonly part: Part;
}

/** What runs. */
export type Cluster = Awaited<ReturnType<typeof startCluster>>;

/** What was started, to be ended again, also where the rest could not be. */
class Started {
  readonly folder = mkdtempSync(join(tmpdir(), 'callboard-many-'));
  readonly parts: Part[] = [];
  readonly others: (() => Promise<unknown>)[] = [];

  /** Calls that a failed test has left are not waited for. */
  async close(): Promise<void> {
    await Promise.all(this.parts.map((part) => part.kill().catch(() => part.end())));
    for (const end of this.others.reverse()) await end();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Starts it all; resolves when both web processes know of all workers.
 * @param settings more of them, for web processes and workers
 */
export async function startCluster(settings: Settings = {}) {
  const started = new Started();
  try {
    return { ...(await startIn(started, settings)), close: () => started.close() };
  } catch (error) {
    await started.close();
    throw error;
  }
}

async function startIn({ folder, parts, others }: Started, settings: Settings) {
  const [redisPort, speech] = await both(freePort);
  const [webPorts, nodePorts, laterPorts, fronts] = [
    await both(freePort),
    await both(freePort),
    await both(freePort),
    await both(freePort),
  ];
  const [pages, livekit] = fronts;
  const url = `http://127.0.0.1:${pages}`;
  const keys = { key: 'many', secret: randomBytes(32).toString('base64url') };
  const postgres = await startPostgres();
  others.push(() => postgres.remove());
  const redis = await Redis.start(redisPort, folder);
  others.push(() => redis.service.kill());
  const cluster: LiveKitCluster = {
    redis: redisPort,
    ...keys,
    webhook: `${url}/api/webhooks/livekit`,
  };
  const nodes = await both((at) => startNode(nodePorts[at] as number, cluster));
  others.push(...nodes.map((node) => () => node.kill()));
  const proxy = await startProxy(
    { web: pages, livekit },
    { web: webPorts, livekit: [...nodePorts, ...laterPorts] },
    folder,
  );
  others.push(() => proxy.kill());

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
    await before(async () => expect(await isUp(`${webUrls[at]}/api/health`), part.said).toBe(true));
    return part;
  }
  /** Starts a node in the place of the one at this number, beside it. */
  async function startNextNode(at: number): Promise<Service> {
    const node = await startNode(laterPorts[at] as number, cluster);
    others.push(() => node.kill());
    return node;
  }
  const startWorker = (deployment: Deployment): Worker => ({
    deployment,
    part: start('agent', shared, '--deployment', deployment),
  });
  /** Waits until each web process counts so many live workers on each deployment. */
  const live = (count: number) =>
    before(async () => {
      for (const web of webUrls) expect(await liveAt(web)).toEqual(DEPLOYMENTS.map(() => count));
    });

  start('speech', shared);
  await before(async () => expect(await isUp(`http://127.0.0.1:${speech}/health`)).toBe(true));
  const webs = await both(startWeb);
  const workers = [...DEPLOYMENTS, ...DEPLOYMENTS].map(startWorker);
  await live(2);

  return {
    url,
    webUrls,
    product: productAt(url),
    ...{ postgres, redis, proxy, nodes, webs, workers },
    ...{ startWeb, startWorker, startNextNode, live },
    /** Writes down what all have said so far, for whoever looks why something failed. */
    keepSaid(file: string) {
      const all = [...parts, redis.service, proxy, ...nodes];
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, all.map(({ name, said }) => `=== ${name}\n${said}`).join('\n'));
    },
  };
}

/** Live workers of the line check on each deployment, as a web process shows them. */
async function liveAt(web: string): Promise<number[]> {
  const { agents } = await (await fetch(`${web}/api/agents`)).json();
  const { deployments } = agents.find(({ name }: { name: string }) => name === 'line-check');
  return DEPLOYMENTS.map(
    (deployment) =>
      deployments.find(({ name }: { name: string }) => name === deployment)?.workers ?? 0,
  );
}
