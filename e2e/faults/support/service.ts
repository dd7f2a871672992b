// Third-party programs of a cluster: LiveKit nodes, Redis, and Debian's Caddy with deploy/Caddyfile. A test can kill
// and restart them.
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { waitUntilReady } from '@/e2e/faults/support/poll';
import { hasPostgres } from '@/lib/testing/databases';
import { serverBin } from '@/lib/testing/livekit-server';
import { endProcess } from '@/lib/testing/processes';

/** Characters of output to keep, for the log of a failed test. */
const SAID_MAX = 8_000;

/** How a program is started. */
interface ServicePlan {
  readonly command: string;
  readonly args: readonly string[];
  /** Its environment besides PATH; it does not inherit settings of the test run. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it answers. */
  answers(): Promise<boolean>;
}

/** Whether a URL answers with success. */
export const isUp = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** One program. */
export class Service {
  /** The end of its output. */
  said = '';
  #child: ChildProcess | undefined;

  constructor(private readonly plan: ServicePlan) {}

  get name(): string {
    return this.plan.command;
  }

  /** Starts or restarts it, and waits until it answers. */
  async run(): Promise<this> {
    const { command, args, env, answers } = this.plan;
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const leave = () => child.kill('SIGKILL');
    process.once('exit', leave);
    child.once('exit', () => process.off('exit', leave));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.said = (this.said + text).slice(-SAID_MAX);
      });
    }
    await once(child, 'spawn');
    await waitUntilReady(async () =>
      expect(await answers(), `${command}: ${this.said}`).toBe(true),
    );
    return this;
  }

  /** Ends it with SIGKILL. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Ends it with SIGTERM and waits: a LiveKit node continues until its calls have ended. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child) await endProcess(this.#child, signal);
  }
}

/** Starts Redis as deploy/compose.yaml does: changes are persisted, so that rooms survive a restart. */
export function startRedis(port: number, folder: string): Promise<Service> {
  const at = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const service = new Service({
    command: 'redis-server',
    args: [...at, '--appendonly', 'yes', '--save', ''],
    answers: async () => (await askRedis(port, 'ping').catch(() => '')).trim() === 'PONG',
  });
  return service.run();
}

/** Sends a command to Redis; resolves to its answer. */
export async function askRedis(port: number, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('redis-cli', ['-p', String(port), ...words]);
  return stdout;
}

/** Settings shared by the LiveKit nodes of a cluster. */
export interface LiveKitCluster {
  /** Port of Redis. */
  readonly redis: number;
  readonly key: string;
  readonly secret: string;
  /** Where all nodes send their webhooks. */
  readonly webhook: string;
}

/** Starts a LiveKit node with the settings of deploy/compose.yaml; it answers API requests for rooms on any node. */
export function startNode(port: number, { redis, key, secret, webhook }: LiveKitCluster) {
  const config = {
    port,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      port_range_start: 50_000,
      port_range_end: 60_000,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      tcp_port: 0,
      allow_tcp_fallback: false,
      enable_loopback_candidate: true,
      ips: { includes: ['127.0.0.1/32'] },
    },
    redis: { address: `127.0.0.1:${redis}` },
    keys: { [key]: secret },
    webhook: { api_key: key, urls: [webhook] },
    room: { empty_timeout: 60, departure_timeout: 15 },
    agents: { target_load: 1.0, enable_user_data_recording: true },
    logging: { level: 'warn', json: true },
  };
  const service = new Service({
    command: serverBin(),
    args: [],
    env: { LIVEKIT_CONFIG: JSON.stringify(config) },
    answers: () => isUp(`http://127.0.0.1:${port}/`),
  });
  return service.run();
}

/** Ports of the upstreams that the Caddyfile looks up by name. */
interface Upstreams {
  readonly web: readonly number[];
  readonly livekit: readonly number[];
}

const LOOKED_UP = /dynamic a (web|livekit) \d+ \{[^}]*\}/g;
/** Removes the headers of the proxy: without sign-in, web processes refuse what comes through one. */
const UNSEEN = ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'Via']
  .map((name) => `\n\t\theader_up -${name}`)
  .join('');
/**
 * Caddy before 2.11.2, as in Debian, loses the body of a request if its first upstream is down, and answers 502 instead
 * of trying the next one. Health checks keep it from trying dead upstreams, but work only for upstreams that are not
 * looked up by name.
 */
const CHECKS = {
  web: `health_uri /api/health\n\t\thealth_interval 250ms\n\t\thealth_timeout 20s${UNSEEN}`,
  livekit: 'health_uri /\n\t\thealth_interval 250ms\n\t\thealth_timeout 20s',
} as const;
/** Start of the global options in the Caddyfile, and options to add. */
const SETTINGS = /^\{\n/m;
const HERE = '\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n';

function caddyfile(upstreams: Upstreams): string {
  const text = readFileSync(resolve('deploy/Caddyfile'), 'utf8');
  const found = text.match(LOOKED_UP) ?? [];
  if (found.length !== 2) throw new Error('deploy/Caddyfile must look up web and livekit by name');
  if (!SETTINGS.test(text)) throw new Error('deploy/Caddyfile must start with global options');
  const to = (_: string, name: keyof Upstreams) =>
    `to ${upstreams[name].map((port) => `127.0.0.1:${port}`).join(' ')}\n\t\t${CHECKS[name]}`;
  return text.replaceAll(LOOKED_UP, to).replace(SETTINGS, `$&${HERE}`);
}

/** Starts the proxy of deploy/Caddyfile; `fronts` are the ports it listens on. */
export async function startProxy(
  fronts: { readonly web: number; readonly livekit: number },
  to: Upstreams,
  folder: string,
): Promise<Service> {
  const file = join(folder, 'Caddyfile');
  writeFileSync(file, caddyfile(to));
  const service = new Service({
    command: 'caddy',
    args: ['run', '--config', file, '--adapter', 'caddyfile'],
    env: {
      HOME: folder,
      CALLBOARD_HOST: `http://127.0.0.1:${fronts.web}`,
      LIVEKIT_HOST: `http://127.0.0.1:${fronts.livekit}`,
    },
    answers: () =>
      fetch(`http://127.0.0.1:${fronts.livekit}/`).then(
        () => true,
        () => false,
      ),
  });
  return service.run();
}

const installed = (name: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const missing = ['redis-server', 'caddy'].filter((name) => !installed(name));

if (missing.length > 0) {
  console.warn(`Clusters are not tested without ${missing.join(', ')} (apt-get install).`);
}

/** Whether cluster tests can run. In CI they must: it installs everything. */
export const hasCluster = hasPostgres && (missing.length === 0 || Boolean(process.env.CI));
