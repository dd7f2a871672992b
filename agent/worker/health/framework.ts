// The one place that reaches into the agents framework: it starts the job processes, keeps those that
// wait, and tells nobody how that goes. Here each process is started with its words of failure kept,
// and the pool of a server is handed to who looks after it. Written for @livekit/agents 1.9.0; a
// version that is made otherwise is refused at the start of the worker.
import { AsyncLocalStorage } from 'node:async_hooks';
import { type ChildProcess, fork } from 'node:child_process';
import type { RunningJobInfo } from '@livekit/agents';
// By their files, since the package does not export them: in the bundle they are those that it uses itself.
import * as executor from '../../../node_modules/@livekit/agents/dist/ipc/job_proc_executor.js';
import * as pool from '../../../node_modules/@livekit/agents/dist/ipc/proc_pool.js';

/** A job process as the framework holds it. */
interface Executor {
  readonly proc?: ChildProcess;
  launchJob(info: RunningJobInfo): Promise<void>;
}

/** A process that waits for a job. `unlock` lets the pool start another in its place. */
export interface Waiting {
  readonly proc: Executor;
  unlock(): void;
}

/** The framework's pool of one agent server. */
export interface Pool {
  readonly warmedProcQueue: {
    readonly items: Waiting[];
    get(options: { signal: AbortSignal }): Promise<Waiting>;
  };
  /** Gives a job to a process, once one waits. The framework's own has no limit of time. */
  launchJob(info: RunningJobInfo): Promise<void>;
}

/** Who looks after the processes of one agent server. */
export interface Keeper {
  /** The file that its processes import. */
  readonly file: string;
  /** The pool, before it starts its first process. */
  attach(pool: Pool): void;
  /** A process that was just started; its standard error is a pipe. */
  watch(child: ChildProcess): void;
}

interface PoolClass {
  prototype: Pool & { start(): void };
}
interface ExecutorClass {
  prototype: { createProcess(): ChildProcess };
}

/**
 * Node's options for a job's process. Young objects get 4 MB at a time in place of 16: what a call makes lives
 * for a moment or for all of it, and the rest would be kept for nothing, 5 MB at rest and more in a call. So little
 * is looked through by one thread: by four of them it takes a twentieth more of a call's processor time.
 */
const JOB_OPTIONS = ['--max-semi-space-size=4', '--no-parallel-scavenge'];

const keepers = new AsyncLocalStorage<Keeper>();

/** Runs what starts an agent server; all of its processes are then told to `keeper`. */
export const keptBy = <T>(keeper: Keeper, run: () => T): T => keepers.run(keeper, run);

/**
 * Makes the framework hand over its pools and processes. Once, before the first server runs.
 * @param program what a job's process runs: the framework's own, bundled with ours
 * @throws where the framework is not made as expected
 */
export function openFramework(program: URL): void {
  const { ProcPool } = pool as unknown as { ProcPool?: PoolClass };
  const { JobProcExecutor } = executor as unknown as { JobProcExecutor?: ExecutorClass };
  const start = ProcPool?.prototype.start;
  const create = JobProcExecutor?.prototype.createProcess;
  if (!ProcPool || !start || !JobProcExecutor || !create) {
    throw new Error('This version of @livekit/agents starts its job processes in another way.');
  }
  ProcPool.prototype.start = function (this: PoolClass['prototype']) {
    keepers.getStore()?.attach(this);
    start.call(this);
  };
  JobProcExecutor.prototype.createProcess = function (this: ExecutorClass['prototype']) {
    const keeper = keepers.getStore();
    if (!keeper) return create.call(this);
    // As the framework does it, but for standard error: what a process dies of is said there.
    const child = fork(program, [keeper.file], {
      stdio: ['inherit', 'inherit', 'pipe', 'ipc'],
      execArgv: [...process.execArgv, ...JOB_OPTIONS],
    });
    keeper.watch(child);
    return child;
  };
}
