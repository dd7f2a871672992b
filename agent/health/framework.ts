// The one place that reaches into the agents framework: it starts the job processes, keeps those that
// wait, and tells nobody how that goes. Here each process is started with its words of failure kept,
// and the pool of a server is handed to who looks after it. Written for @livekit/agents 1.9.0; a
// version that is made otherwise is refused at the start of the worker.
import { AsyncLocalStorage } from 'node:async_hooks';
import { type ChildProcess, fork } from 'node:child_process';
import type { RunningJobInfo } from '@livekit/agents';

/** A job process as the framework holds it. */
interface Executor {
  readonly proc?: ChildProcess;
  launchJob(info: RunningJobInfo): Promise<void>;
}

/** A process that waits for a job. `unlock` lets the pool start another in its place. */
interface Waiting {
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

const keepers = new AsyncLocalStorage<Keeper>();

/** Runs what starts an agent server; all of its processes are then told to `keeper`. */
export const keptBy = <T>(keeper: Keeper, run: () => T): T => keepers.run(keeper, run);

/**
 * Makes the framework hand over its pools and processes. Once, before the first server runs.
 * @throws where the framework is not made as expected
 */
export async function openFramework(): Promise<void> {
  const folder = new URL('./ipc/', import.meta.resolve('@livekit/agents'));
  const load = (file: string) => import(new URL(file, folder).href);
  const { ProcPool }: { ProcPool?: PoolClass } = await load('proc_pool.js');
  const { JobProcExecutor }: { JobProcExecutor?: ExecutorClass } =
    await load('job_proc_executor.js');
  const start = ProcPool?.prototype.start;
  const create = JobProcExecutor?.prototype.createProcess;
  if (!ProcPool || !start || !JobProcExecutor || !create) {
    throw new Error('This version of @livekit/agents starts its job processes in another way.');
  }
  ProcPool.prototype.start = function (this: PoolClass['prototype']) {
    keepers.getStore()?.attach(this);
    start.call(this);
  };
  const main = new URL('job_proc_lazy_main.js', folder);
  JobProcExecutor.prototype.createProcess = function (this: ExecutorClass['prototype']) {
    const keeper = keepers.getStore();
    if (!keeper) return create.call(this);
    // As the framework does it, but for standard error: what a process dies of is said there.
    const child = fork(main, [keeper.file], { stdio: ['inherit', 'inherit', 'pipe', 'ipc'] });
    keeper.watch(child);
    return child;
  };
}
