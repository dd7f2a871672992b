// What: one pool of job processes for all servers of a worker, which can be looked into, and whose processes have their
// standard error captured.
// Why: the framework gives each server a pool, so that each agent would need idle processes of its own. It gives a job
// to an idle process that has died, and loses why a process cannot start.
// Upstream: https://github.com/livekit/agents-js/issues/2321 and https://github.com/livekit/agents-js/issues/1748; none
// reported for the shared pool. A server would have to accept a pool, or several agent names.
import { type ChildProcess, fork } from 'node:child_process';
import type { RunningJobInfo } from '@livekit/agents';
// Imported by file, since the package does not export them; in the bundle they are the ones it uses itself.
import * as executor from '@/node_modules/@livekit/agents/dist/ipc/job_proc_executor.js';
import * as pool from '@/node_modules/@livekit/agents/dist/ipc/proc_pool.js';

/** The message of the framework's job process once it is ready. */
export const READY = 'initializeResponse';

/** A job process as the framework holds it. */
export interface Executor {
  readonly proc?: ChildProcess;
  launchJob(info: RunningJobInfo): Promise<void>;
  join(): Promise<void>;
  close(): Promise<void>;
}

/** An idle process. `unlock` lets the pool start another in its place. */
export interface IdleProcess {
  readonly proc: Executor;
  unlock(): void;
}

/** The framework's process pool. */
export interface Pool {
  readonly warmedProcQueue: {
    readonly items: IdleProcess[];
    get(options: { signal: AbortSignal }): Promise<IdleProcess>;
  };
}

/** The pool of one server, which has the processes of its jobs only. */
interface ServerPool extends Pool {
  started: boolean;
  readonly executors: Executor[];
  launchJob(info: RunningJobInfo): Promise<void>;
}

/** Owner of the shared pool. */
export interface PoolOwner {
  /** A process for a job. @throws if there is none in time */
  take(): Promise<Executor>;
  /** Receives a process that was just started; its standard error is a pipe. */
  watch(child: ChildProcess): void;
  /** Receives a job that was given to a process. */
  launched(info: RunningJobInfo, child: ChildProcess): void;
  /** Receives a job that could not be given to a process. */
  notLaunched(info: RunningJobInfo, error: unknown): void;
}

interface PoolOptions {
  readonly agent: string;
  readonly numIdleProcesses: number;
  /** Milliseconds for a process to become ready, to end, and for its session to end. */
  readonly initializeTimeout: number;
  readonly closeTimeout: number;
  readonly sessionEndTimeout: number;
  readonly memoryWarnMB: number;
  readonly memoryLimitMB: number;
}

interface PoolClass {
  new (options: PoolOptions): ServerPool & { start(): void };
  prototype: ServerPool & { start(): void };
}
interface ExecutorClass {
  prototype: { createProcess(): ChildProcess };
}

/**
 * Node's options for a job's process. A young generation of 4 MB instead of 16 keeps 5 MB less garbage at rest; one thread
 * collects it, because four take a twentieth more of a call's processor time.
 */
const JOB_OPTIONS = ['--max-semi-space-size=4', '--no-parallel-scavenge'];

/**
 * Starts a pool that serves the jobs of all servers of this process. Call it once, before the first server runs.
 * @param program what a job's process runs: the framework's own program, bundled with ours
 * @throws if the framework is not as expected
 */
export function openPool(program: URL, options: PoolOptions, owner: PoolOwner): Pool {
  const { ProcPool } = pool as unknown as { ProcPool?: PoolClass };
  const { JobProcExecutor } = executor as unknown as { JobProcExecutor?: ExecutorClass };
  if (!ProcPool?.prototype.start || !JobProcExecutor?.prototype.createProcess) {
    throw new Error('This version of @livekit/agents starts its job processes differently.');
  }
  // As the framework does it, except for standard error, which has the reason a process dies.
  JobProcExecutor.prototype.createProcess = () => {
    const child = fork(program, [options.agent], {
      stdio: ['inherit', 'inherit', 'pipe', 'ipc'],
      execArgv: [...process.execArgv, ...JOB_OPTIONS],
    });
    owner.watch(child);
    return child;
  };
  const shared = new ProcPool(options);
  shared.start();
  // A server reads its jobs from its pool's executors, and ends them when it closes.
  ProcPool.prototype.start = function (this: ServerPool) {
    this.started = true;
    this.launchJob = async (info) => {
      try {
        const proc = await owner.take();
        this.executors.push(proc);
        void proc.join().finally(() => this.executors.splice(this.executors.indexOf(proc), 1));
        await proc.launchJob(info);
        if (proc.proc) owner.launched(info, proc.proc);
      } catch (error) {
        owner.notLaunched(info, error);
        throw error;
      }
    };
  };
  return shared;
}
