// The doctor's surroundings for tests: a real LiveKit server configured and logged as with `npm start`, workers in
// separate processes, and an HTTP server for their reports.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { vi } from 'vitest';
import {
  recordedReports,
  recordRefusedReport,
  recordWorkerReports,
  refusalReason,
} from '@/lib/calls/ingest/recent-activity';
import { type Config, parseConfig } from '@/lib/core/config';
import { parseJson } from '@/lib/http/read-json';
import { liveKit } from '@/lib/livekit/clients';
import { isSigned } from '@/lib/livekit/worker-auth';
import { REPORT_PATH, workerReports } from '@/lib/livekit/worker-report';
import { server } from '@/lib/server';
import { freePort } from '@/lib/testing/ports';
import { endProcess, killTree } from '@/lib/testing/processes';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { newServer } from '@/lib/testing/server';
import { waitFor } from '@/lib/testing/wait-for';
import { lineCutter, lineKeeper, livekitLog } from '@/scripts/lib/log-lines';
import { livekitConfig } from '@/scripts/lib/parts';

/** Milliseconds for what takes a second on an idle machine. */
export const LIMIT_MS = 90_000;

/** A faulty worker: its behavior, and settings other than the servers' addresses. */
export interface Odd {
  readonly way?: 'full' | 'silent' | 'rejects' | 'cannot-start';
  readonly agent: string;
  readonly settings?: Readonly<
    Partial<Record<'LIVEKIT_URL' | 'LIVEKIT_API_SECRET' | 'LIVEKIT_AGENT_DEPLOYMENT', string>>
  >;
}

/** A process with workers. */
export class OddWorkers {
  readonly pid: number;
  constructor(
    private readonly child: ChildProcess,
    private readonly odd: readonly Odd[],
  ) {
    this.pid = child.pid as number;
  }

  /** Waits until all workers that LiveKit accepts report as registered, and as full if they should be. */
  live(): Promise<true> {
    const isLive = ({ agent, way }: Odd) =>
      recordedReports(server()).some(
        ({ report }) =>
          report.worker === `w-${this.pid}-odd` &&
          report.agent === agent &&
          report.state === 'live' &&
          report.load === (way === 'full' ? 1 : 0),
      );
    const waited = this.odd.filter(({ settings }) => !settings);
    return waitFor('workers to be live', () => waited.every(isLive), LIMIT_MS);
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.pid, name);
  }

  kill(): Promise<void> {
    return killTree(this.child);
  }
}

/** Bundles the worker and its jobs into a folder from which they can resolve packages. */
async function bundled(): Promise<string> {
  mkdirSync('.callboard/test', { recursive: true });
  const outdir = mkdtempSync(resolve('.callboard/test/odd-'));
  await build({
    entryPoints: [
      fileURLToPath(new URL('./odd-worker.ts', import.meta.url)),
      fileURLToPath(new URL('./odd-job.ts', import.meta.url)),
      fileURLToPath(new URL('./broken-job.ts', import.meta.url)),
    ],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  return outdir;
}

/** Handles a report as the web process does. */
async function takeReport(request: Request, config: Config): Promise<Response> {
  const body = await request.text();
  const authorization = request.headers.get('authorization');
  if (!(await isSigned('report', authorization, body, config))) {
    const why = await refusalReason(authorization, config);
    if (why) recordRefusedReport(server(), why);
    return new Response(null, { status: 401 });
  }
  recordWorkerReports(server(), parseJson(body, workerReports));
  return new Response(null, { status: 204 });
}

async function startServer(config: Config) {
  const port = Number(new URL(config.LIVEKIT_URL).port);
  const child = spawn(process.env.LIVEKIT_SERVER_BIN ?? 'livekit-server', [], {
    env: { ...process.env, LIVEKIT_CONFIG: livekitConfig(config, { livekit: port, rtc: 0 }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = lineCutter(lineKeeper(livekitLog(config)));
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep);
  await once(child, 'spawn');
  await waitFor('livekit-server', async () => (await fetch(`http://127.0.0.1:${port}/`)).ok);
  return child;
}

/** Starts the servers. */
export async function doctorStage() {
  let config: Config;
  const route = new Map([['POST', (request: Request) => takeReport(request, config)]]);
  const web: TestServer = await serveRoutes({ [REPORT_PATH]: Object.fromEntries(route) });
  const keys = {
    LIVEKIT_API_KEY: `test${randomBytes(6).toString('hex')}`,
    LIVEKIT_API_SECRET: randomBytes(32).toString('base64url'),
  };
  const port = await freePort();
  const env = { ...keys, LIVEKIT_URL: `ws://127.0.0.1:${port}`, CALLBOARD_URL: web.url };
  config = parseConfig({ ...env, DATA_DIR: process.env.DATA_DIR });
  await newServer(env);
  const [folder, livekitServer] = await Promise.all([bundled(), startServer(config)]);
  const started: OddWorkers[] = [];
  return {
    config,
    livekit: liveKit(config),
    /** Starts a process with these workers. @param options options of Node */
    workers(odd: readonly Odd[], options = '') {
      const { PATH, HOME } = process.env;
      const own = { ...env, WORKERS: JSON.stringify(odd), NODE_OPTIONS: options };
      const child = spawn(process.execPath, [`${folder}/odd-worker.mjs`], {
        env: { NODE_ENV: 'test', PATH, HOME, ...own },
        stdio: 'ignore',
      });
      const workers = new OddWorkers(child, odd);
      started.push(workers);
      return workers;
    },
    async close() {
      await Promise.all(started.map((one) => one.kill()));
      await endProcess(livekitServer, 'SIGKILL');
      await web.close();
      rmSync(folder, { recursive: true, force: true });
      vi.unstubAllEnvs();
    },
  };
}

export type DoctorStage = Awaited<ReturnType<typeof doctorStage>>;
