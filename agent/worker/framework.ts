// The only code that reaches into the agents framework, which starts job processes and keeps a pool
// of them but reports neither. Here each process is started with its standard error captured, and a
// server's pool is passed to its owner. Written for @livekit/agents 1.9.0; the worker refuses to
// start with an incompatible version.
import { AsyncLocalStorage } from 'node:async_hooks';
import { type ChildProcess, fork } from 'node:child_process';
import type { RunningJobInfo } from '@livekit/agents';
// Imported by file, since the package does not export them; in the bundle they are the ones it uses
// itself.
import * as executor from '../../node_modules/@livekit/agents/dist/ipc/job_proc_executor.js';
import * as pool from '../../node_modules/@livekit/agents/dist/ipc/proc_pool.js';

/** A job process as the framework holds it. */
interface Executor {
  readonly proc?: ChildProcess;
  launchJob(info: RunningJobInfo): Promise<void>;
}

/** An idle process. `unlock` lets the pool start another in its place. */
export interface IdleProcess {
  readonly proc: Executor;
  unlock(): void;
}

/** The framework's process pool of one agent server. */
export interface Pool {
  readonly warmedProcQueue: {
    readonly items: IdleProcess[];
    get(options: { signal: AbortSignal }): Promise<IdleProcess>;
  };
  /** Gives a job to a process once one is idle. The framework's own method has no timeout. */
  launchJob(info: RunningJobInfo): Promise<void>;
}

/** Owner of the processes of one agent server. */
export interface PoolOwner {
  /** The file that its processes import. */
  readonly file: string;
  /** Receives the pool before it starts its first process. */
  attach(pool: Pool): void;
  /** Receives a process that was just started; its standard error is a pipe. */
  watch(child: ChildProcess): void;
}

interface PoolClass {
  prototype: Pool & { start(): void };
}
interface ExecutorClass {
  prototype: { createProcess(): ChildProcess };
}

/**
 * Node's options for a job's process. A young generation of 4 MB instead of 16: what a call
 * allocates lives for a moment or for the whole call, and more would keep 5 MB of garbage at rest,
 * and more in a call. One thread collects that little memory; four take a twentieth more of a
 * call's processor time.
 */
const JOB_OPTIONS = ['--max-semi-space-size=4', '--no-parallel-scavenge'];

const owners = new AsyncLocalStorage<PoolOwner>();

/** Runs `start`, which starts an agent server, and reports its processes to `owner`. */
export const ownedBy = <T>(owner: PoolOwner, run: () => T): T => owners.run(owner, run);

/**
 * Hooks the framework's pools and processes. Call it once, before the first server runs.
 * @param program what a job's process runs: the framework's own program, bundled with ours
 * @throws if the framework is not as expected
 */
export function openFramework(program: URL): void {
  const { ProcPool } = pool as unknown as { ProcPool?: PoolClass };
  const { JobProcExecutor } = executor as unknown as { JobProcExecutor?: ExecutorClass };
  const start = ProcPool?.prototype.start;
  const create = JobProcExecutor?.prototype.createProcess;
  if (!ProcPool || !start || !JobProcExecutor || !create) {
    throw new Error('This version of @livekit/agents starts its job processes differently.');
  }
  ProcPool.prototype.start = function (this: PoolClass['prototype']) {
    owners.getStore()?.attach(this);
    start.call(this);
  };
  JobProcExecutor.prototype.createProcess = function (this: ExecutorClass['prototype']) {
    const owner = owners.getStore();
    if (!owner) return create.call(this);
    // As the framework does it, except for standard error, which has the reason a process dies.
    const child = fork(program, [owner.file], {
      stdio: ['inherit', 'inherit', 'pipe', 'ipc'],
      execArgv: [...process.execArgv, ...JOB_OPTIONS],
    });
    owner.watch(child);
    return child;
  };
}
