// The job processes of one agent: which are idle, which failed and why. A process that dies while
// idle is removed from the framework's pool, which would give it the next job and lose the call.
import type { ChildProcess } from 'node:child_process';
import { log } from '@livekit/agents';
import type { WorkerReport } from '../../../lib/livekit/worker-report';
import { PROMISED_MS } from '../admission';
import { errorText, failureIn, whyEnded } from './failure';
import { type Keeper, keptBy, type Pool } from './framework';
import { cannotStart, judge, type Starts } from './judge';
import { Refill } from './refill';
import type { Watching } from './running-job';

/** Characters of a process's standard error to keep. */
const WRITTEN_MAX = 8_000;
/** The message of the framework's job process once it is ready. */
const READY = 'initializeResponse';

/** Monitors the job processes of one agent server. */
export class JobProcesses implements Keeper {
  /** The last failure. */
  lastError: WorkerReport['lastError'];
  #pool: Pool | undefined;
  #refill: Refill | undefined;
  #failing: string | undefined;
  #wasReady = false;
  #emptySince = Date.now();
  #ending = false;

  /**
   * @param file what they import
   * @param changed called when a process is ready or has ended
   * @param watching called with each job and its process
   */
  constructor(
    readonly file: string,
    private readonly changed: () => void,
    private readonly watching: Watching,
  ) {}

  /** Runs the function that starts the agent server. */
  run<T>(start: () => T): T {
    return keptBy(this, start);
  }

  /** From now on processes end because they are told to. */
  end(): void {
    this.#ending = true;
  }

  /** Number of idle processes. */
  get warm(): number {
    const items = this.#pool?.warmedProcQueue.items ?? [];
    return items.filter(({ proc }) => proc.proc?.connected).length;
  }

  /**
   * Whether jobs can be started, for reports.
   * @param busy whether there are calls
   */
  state(busy: boolean): Pick<WorkerReport, 'state' | 'error'> {
    return judge(this.#starts(), busy, Date.now());
  }

  /** Why no job can be started now or soon. */
  refusal(): string | undefined {
    return cannotStart(this.#starts(), Date.now());
  }

  /** A job is offered to the worker. */
  offered(): void {
    this.#refill?.offered();
  }

  attach(pool: Pool): void {
    this.#pool = pool;
    const refill = new Refill(pool.warmedProcQueue);
    this.#refill = refill;
    // As the framework does it, except for when the next process is started, and for the timeout: a
    // job that got no process while its caller was present would be started later and create a room
    // without anybody in it.
    pool.launchJob = async (info) => {
      const proc = await refill.take(AbortSignal.timeout(PROMISED_MS));
      await proc.launchJob(info);
      if (proc.proc) this.watching(info.job, proc.proc);
    };
  }

  watch(child: ChildProcess): void {
    const startedAt = Date.now();
    let ready = false;
    let said: string | undefined;
    let written = '';
    child.stderr?.on('data', (piece: Buffer) => {
      process.stderr.write(piece);
      written = (written + piece).slice(-WRITTEN_MAX);
    });
    child.on('message', (message: { case?: string }) => {
      said ??= failureIn(message);
      if (ready || message.case !== READY) return;
      ready = true;
      this.#failing = undefined;
      this.#wasReady = true;
      // A waiting job may take it before the next check.
      this.#emptySince = Date.now();
      // The framework adds it to its pool in the same turn, after this.
      setImmediate(this.changed);
    });
    child.on('exit', () => this.#takeOut(child));
    // Not "exit": by "close" its output has been read.
    child.on('close', (code, signal) => {
      if (code !== 0 || !ready) {
        this.#failed(whyEnded({ code, signal, said, written, ms: Date.now() - startedAt }), ready);
      }
      this.changed();
    });
    child.on('error', (error) => this.#failed(errorText(error), ready));
  }

  /** Removes a dead process from the idle ones, so that the pool starts another. */
  #takeOut(child: ChildProcess): void {
    const items = this.#pool?.warmedProcQueue.items ?? [];
    const place = items.findIndex(({ proc }) => proc.proc === child);
    const [entry] = place === -1 ? [] : items.splice(place, 1);
    entry?.unlock();
  }

  #failed(message: string, ready: boolean): void {
    if (this.#ending) return;
    // Logged once per cause: the framework retries about every second.
    if (message !== this.lastError?.message) {
      log().error({ file: this.file, message }, ready ? 'job process ended' : 'job process failed');
    }
    this.lastError = { at: Date.now(), message };
    if (!ready) this.#failing = message;
  }

  #starts(): Starts {
    const { warm } = this;
    if (warm > 0) this.#emptySince = Date.now();
    return {
      warm,
      failing: this.#failing,
      wasReady: this.#wasReady,
      emptySince: this.#emptySince,
    };
  }
}
