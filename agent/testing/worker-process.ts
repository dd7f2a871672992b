// The real worker process for tests, with its job processes: started from a bundle, stopped by its pid.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { catalogue } from '@/lib/core/catalogue';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { byAge, descendants, killTree, outputOf } from '@/lib/testing/processes';
import { TIMEOUT_MS, waitFor } from '@/lib/testing/wait-for';
import { agentList, listText } from '@/scripts/lib/agent-list';
import { bundleOptions } from '@/scripts/lib/build';

/** The file of one agent more, which is as LiveKit's docs show it. */
const QUINN = 'agent/testing/quinn.ts';
const listed = agentList(new Map([['quinn', { standard: {} }]]), []).agents;

const listQuinn: Plugin = {
  name: 'list-quinn',
  setup({ onLoad }) {
    const contents = listText([...catalogue, ...listed]);
    onLoad({ filter: /lib\/core\/agents\.gen\.ts$/ }, () => ({ contents, loader: 'ts' }));
  },
};

/**
 * Bundles the worker like `npm start`, into a new folder in which it finds packages.
 * @param instead files of agents by the paths of those that they replace
 */
export async function bundleWorker(instead: Record<string, string> = {}): Promise<string> {
  const { entryPoints: files, ...options } = bundleOptions();
  const entryPoints = [
    ...files.map((file) => ({ in: instead[file] ?? file, out: file.replace(/\.ts$/, '') })),
    { in: QUINN, out: 'agent/agents/quinn' },
  ];
  const parent = join(options.absWorkingDir, '.callboard');
  mkdirSync(parent, { recursive: true });
  const outdir = mkdtempSync(join(parent, 'test-build-'));
  await build({ ...options, entryPoints, outdir, plugins: [listQuinn] });
  return outdir;
}

/** A job process, and the agent whose job it has; empty while it is idle. */
export interface JobProcess {
  readonly pid: number;
  readonly agent: string;
}

/** A worker process and its reports. */
export class TestWorker {
  readonly exit: Promise<number | null> | undefined;
  readonly #log: () => string = () => '';

  /**
   * @param reports every incoming report of any worker, oldest first
   * @param child undefined if another process started it
   */
  constructor(
    readonly pid: number,
    private readonly reports: readonly WorkerReport[],
    private readonly child?: ChildProcess,
  ) {
    this.exit = child && once(child, 'exit').then(([code]) => code);
    if (child) this.#log = outputOf(child);
  }

  /** Starts the bundle `file` with exactly these settings and arguments. */
  static start(
    file: string,
    settings: Record<string, string>,
    reports: readonly WorkerReport[],
    args: readonly string[] = [],
  ) {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, [file, ...args], {
      env: { NODE_ENV: 'test', PATH, HOME, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new TestWorker(child.pid as number, reports, child);
  }

  /** Its reports on an agent, oldest first, filtered by the id it derives from its pid. */
  reportsOn(agent: string): WorkerReport[] {
    return this.reports.filter(
      (report) => report.worker.startsWith(`w-${this.pid}-`) && report.agent === agent,
    );
  }

  get id(): string | undefined {
    return this.reports.find(({ worker }) => worker.startsWith(`w-${this.pid}-`))?.worker;
  }

  /** Waits until it reports all of its agents live. */
  async live(): Promise<void> {
    const isLive = () => {
      for (const { name } of catalogue) {
        if (this.reportsOn(name).at(-1)?.state === 'live') continue;
        throw new Error(`${name} is not live; the worker said:\n${this.#log().slice(-4_000)}`);
      }
      return true;
    };
    await waitFor('a worker with all its agents', isLive, 3 * TIMEOUT_MS);
  }

  /** Waits for a report, created from now on, that an agent has no call. */
  async free(agent: string): Promise<void> {
    // The next report may have been created before.
    const old = this.reportsOn(agent).length + 1;
    await waitFor(
      `${agent} to have no call`,
      () => this.reportsOn(agent).slice(old).at(-1)?.activeJobs === 0,
    );
  }

  /** Its job processes, idle or in a call, oldest first. */
  jobs(): JobProcess[] {
    return descendants(this.pid)
      .filter(({ parent }) => parent === this.pid)
      .sort(byAge)
      .map(({ pid, command }) => ({ pid, agent: command.match(/job-process (\S+)$/)?.[1] ?? '' }));
  }

  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  async kill(): Promise<void> {
    if (this.child) await killTree(this.child);
  }
}
