// The job processes of a worker, which its agents share: which are idle, which failed and why. A process that dies while
// idle is removed from the framework's pool, which would give it the next job and lose the call.
import type { ChildProcess } from 'node:child_process';
import { log, type RunningJobInfo } from '@livekit/agents';
import { type Executor, type Pool, type PoolOwner, READY } from '@/agent/framework/process-pool';
import { SLOT_TIMEOUT_MS } from '@/agent/worker/admission';
import { errorText, failureIn, unloadedIn, whyEnded } from '@/agent/worker/failure';
import type { Watching } from '@/agent/worker/running-job';
import { englishDuration } from '@/lib/core/figures';
import type { WorkerReport } from '@/lib/livekit/worker-report';

const WRITTEN_MAX = 8_000;
/**
 * Milliseconds after which an idle process without some agent is replaced, because its file may have been mended. Our
 * own choice.
 */
const RELOAD_MS = 5_000;

type Failure = NonNullable<WorkerReport['lastError']>;
/** By agent, why a process could not load it. */
type Unloaded = ReadonlyMap<string, string>;
const NONE: Unloaded = new Map();

/** Monitors the job processes of a worker. */
export class JobProcesses implements PoolOwner {
  readonly #pool: Pool;
  readonly #refill: Refill;
  #lastError: Failure | undefined;
  readonly #lastErrors = new Map<string, Failure>();
  #failing: string | undefined;
  /** What the newest ready process could not load. */
  #newest = NONE;
  /** What each process could not load; until it says so, the same as the one before. */
  readonly #unloaded = new Map<ChildProcess, Unloaded>();
  #wasReady = false;
  #emptySince = Date.now();
  #ending = false;

  /**
   * @param changed called when a process is ready or has ended
   * @param jobEnded called when a job has ended, with why it has failed
   */
  constructor(
    open: (owner: PoolOwner) => Pool,
    private readonly changed: () => void,
    private readonly watching: Watching,
    private readonly jobEnded: (job: RunningJobInfo['job'], error?: string) => void,
  ) {
    this.#pool = open(this);
    this.#refill = new Refill(this.#pool.warmedProcQueue);
  }

  /** From now on processes end because the worker ends them. */
  end(): void {
    this.#ending = true;
  }

  /**
   * Ends the processes, once those with calls have ended. Not as the framework does it, which waits 6 s for one that is
   * starting: it does not hear that it should end.
   */
  kill(): void {
    for (const child of this.#unloaded.keys()) child.kill('SIGKILL');
  }

  /** Number of idle processes that can take a job of this agent. */
  warm(agent: string): number {
    const { items } = this.#pool.warmedProcQueue;
    return items.filter(
      ({ proc: { proc } }) => proc?.connected && !this.#unloaded.get(proc)?.has(agent),
    ).length;
  }

  /** The last failure of a process, or of this agent in one. */
  lastError(agent: string): Failure | undefined {
    const [own, all] = [this.#lastErrors.get(agent), this.#lastError];
    return own && own.at > (all?.at ?? 0) ? own : all;
  }

  /** Whether jobs of an agent can be started, for reports. */
  state(agent: string, busy: boolean): Pick<WorkerReport, 'state' | 'error'> {
    return judge(this.#starts(agent), busy, Date.now());
  }

  /** Why no job of this agent can be started now or soon. */
  refusal(agent: string): string | undefined {
    return cannotStart(this.#starts(agent), Date.now());
  }

  offered(): void {
    this.#refill.offered();
  }

  /**
   * As the framework does it, except for when the next process is started, and for the timeout: a job that got no
   * process while its caller was present would be started later and create a room without anybody in it.
   */
  take(): Promise<Executor> {
    return this.#refill.take(AbortSignal.timeout(SLOT_TIMEOUT_MS));
  }

  launched({ job }: RunningJobInfo, child: ChildProcess): void {
    this.watching(job, child);
    const ended = () => this.jobEnded(job, failureOf(child));
    if (hasExited(child)) ended();
    else child.once('exit', ended);
  }

  notLaunched({ job }: RunningJobInfo, error: unknown): void {
    this.jobEnded(job, errorText(error));
  }

  watch(child: ChildProcess): void {
    const startedAt = Date.now();
    let ready = false;
    let said: string | undefined;
    let written = '';
    this.#unloaded.set(child, this.#newest);
    child.stderr?.on('data', (piece: Buffer) => {
      process.stderr.write(piece);
      written = (written + piece).slice(-WRITTEN_MAX);
    });
    child.on('message', (message: { case?: string }) => {
      said ??= failureIn(message);
      const unloaded = unloadedIn(message);
      if (unloaded) this.#loaded(child, unloaded);
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
      this.#unloaded.delete(child);
      if (code !== 0 || !ready) {
        this.#failed(whyEnded({ code, signal, said, written, ms: Date.now() - startedAt }), ready);
      }
      this.changed();
    });
    child.on('error', (error) => this.#failed(errorText(error), ready));
  }

  #loaded(child: ChildProcess, unloaded: Unloaded): void {
    for (const [agent, message] of unloaded) {
      if (message !== this.#newest.get(agent)) log().error({ agent, message }, 'agent not loaded');
      this.#lastErrors.set(agent, { at: Date.now(), message });
    }
    this.#newest = unloaded;
    this.#unloaded.set(child, unloaded);
    this.changed();
    if (unloaded.size === 0) return;
    const timer = setTimeout(() => void this.#takeOut(child)?.close(), RELOAD_MS).unref();
    child.once('exit', () => clearTimeout(timer));
  }

  /** Removes a process from the idle ones, if it is one, so that the pool starts another. */
  #takeOut(child: ChildProcess): Executor | undefined {
    const { items } = this.#pool.warmedProcQueue;
    const index = items.findIndex(({ proc }) => proc.proc === child);
    const [entry] = index === -1 ? [] : items.splice(index, 1);
    entry?.unlock();
    return entry?.proc;
  }

  #failed(message: string, ready: boolean): void {
    if (this.#ending) return;
    // Logged once per cause: the framework retries about every second.
    if (message !== this.#lastError?.message) {
      log().error({ message }, ready ? 'job process ended' : 'job process failed');
    }
    this.#lastError = { at: Date.now(), message };
    if (!ready) this.#failing = message;
  }

  #starts(agent: string): Starts {
    const warm = this.warm(agent);
    if (warm > 0) this.#emptySince = Date.now();
    return {
      warm,
      failing: this.#failing ?? this.#newest.get(agent),
      wasReady: this.#wasReady,
      emptySince: this.#emptySince,
    };
  }
}

const hasExited = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode !== null || signalCode !== null;

/** Why the job of a process that has exited has failed; undefined if it has not. */
function failureOf({ exitCode, signalCode }: ChildProcess): string | undefined {
  if (exitCode === 0) return undefined;
  return `its process ${signalCode ? `was ended by ${signalCode}` : `ended with code ${exitCode}`}`;
}

/**
 * Milliseconds without a ready process, on a worker without calls, after which it counts as broken.
 * One starts in 1 to 3 s on two idle cores; a worker with calls may need its cores for them.
 */
export const STUCK_MS = 12_000;

/** How processes that can take jobs of an agent start. Times in milliseconds since 1970. */
export interface Starts {
  readonly warm: number;
  /** Why the last process to end could not start; undefined if a later one could. */
  readonly failing?: string | undefined;
  /** Whether one was ready since the worker started. */
  readonly wasReady: boolean;
  readonly emptySince: number;
}

type State = Pick<WorkerReport, 'state' | 'error'>;

const stuck = (ms: number) => `No job process has become ready for ${englishDuration(ms)}`;

/**
 * State of a worker by its process starts. The framework reports OK as long as it is connected, even if every process dies
 * immediately.
 */
export function judge(
  { warm, failing, wasReady, emptySince }: Starts,
  busy: boolean,
  now: number,
): State {
  if (warm > 0) return { state: 'live' };
  if (failing !== undefined) return { state: 'broken', error: failing };
  // At boot everything on a machine starts at once, which takes time.
  if (!wasReady) return { state: 'starting', error: 'Its first job process is starting' };
  if (!busy && now - emptySince >= STUCK_MS) {
    return { state: 'broken', error: stuck(now - emptySince) };
  }
  return { state: 'live' };
}

/** Why no job can be started now, for rejections; undefined if one can, now or soon. */
export function cannotStart(starts: Starts, now: number): string | undefined {
  if (starts.warm > 0) return undefined;
  if (starts.failing !== undefined) return `no job process can start: ${starts.failing}`;
  const empty = now - starts.emptySince;
  return starts.wasReady && empty >= STUCK_MS ? stuck(empty) : undefined;
}

/** Milliseconds from a job until the next process is started: by then its agent is speaking. */
export const REFILL_MS = 1_500;

/**
 * Gives the processes of a pool to jobs, and lets the pool start replacements once the call has begun. Starting one takes
 * a core for most of a second, which on a small machine would delay the caller who has just pressed Start.
 */
export class Refill {
  /** Functions that let the pool start a replacement, each with its timer. */
  readonly #later = new Map<() => void, ReturnType<typeof setTimeout>>();
  #jobs = 0;

  constructor(private readonly queue: Pool['warmedProcQueue']) {}

  /** A process for a job, once there is one. @throws if `signal` is aborted before */
  async take(signal: AbortSignal): Promise<Executor> {
    this.#jobs += 1;
    this.#look();
    try {
      const { proc, unlock } = await this.queue.get({ signal });
      this.#later.set(unlock, setTimeout(() => this.#start(unlock), REFILL_MS).unref());
      return proc;
    } finally {
      this.#jobs -= 1;
      this.#look();
    }
  }

  /** A job is offered, which will need a process soon. */
  offered(): void {
    if (this.queue.items.length === 0) this.#startAll();
  }

  /** No job should wait for a process that is not even starting. */
  #look(): void {
    if (this.#jobs > this.queue.items.length) this.#startAll();
  }

  #startAll(): void {
    for (const unlock of this.#later.keys()) this.#start(unlock);
  }

  #start(unlock: () => void): void {
    clearTimeout(this.#later.get(unlock));
    if (this.#later.delete(unlock)) unlock();
  }
}
