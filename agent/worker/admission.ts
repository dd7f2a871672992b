// How many jobs a worker takes: none above its limit, none while it cannot start any, and none once it
// is being stopped. Its load says so too, but only every 2.5 s; a job refused here goes to the next
// worker at once.
import { setTimeout as pause } from 'node:timers/promises';
import { loadOf } from './load';

/**
 * Milliseconds that an accepted job holds its place before it has a process, which may have to
 * start first. One that LiveKit then gave to nobody is never told of, and has to be let go.
 */
export const PROMISED_MS = 30_000;
/** Milliseconds between looks for its process: the framework does not tell. */
const LOOK_EVERY_MS = 100;

/** The gate of one agent's jobs. */
export interface Intake {
  /** Why no job can be taken now; undefined where one can. */
  refusal(): string | undefined;
  /** Keeps a place for a job that is being accepted. */
  promise(jobId: string): void;
  /** Jobs that were promised a place and have no process yet. */
  readonly pending: number;
  /** Load for LiveKit, from 0 to 1: 1 while no job can be taken. */
  load(): number;
  /** What `load` last said: LiveKit goes by that until it is told otherwise. */
  readonly told: number;
  /** Refuses all from now on; resolves when those accepted before have a process. */
  close(): Promise<void>;
}

/**
 * Opens the gate for at most `maxJobs` at once.
 * @param activeJobs ids of the jobs with a process
 * @param cannotStart why no job can be started; undefined where one can
 */
export function openIntake(
  maxJobs: number,
  activeJobs: () => readonly string[],
  cannotStart: () => string | undefined = () => undefined,
): Intake {
  let told = 0;
  const promised = new Map<string, Promise<void>>();
  let closed = false;
  const taken = () => new Set([...activeJobs(), ...promised.keys()]).size;

  async function untilActive(id: string): Promise<void> {
    const deadline = Date.now() + PROMISED_MS;
    while (!activeJobs().includes(id) && Date.now() < deadline) {
      await pause(LOOK_EVERY_MS, undefined, { ref: false });
    }
    promised.delete(id);
  }

  return {
    refusal() {
      if (closed) return 'the worker is being stopped';
      return taken() >= maxJobs ? `all ${maxJobs} places are taken` : cannotStart();
    },
    promise(jobId) {
      promised.set(jobId, untilActive(jobId));
    },
    get pending() {
      return taken() - activeJobs().length;
    },
    load() {
      told = cannotStart() === undefined ? loadOf(taken(), maxJobs) : 1;
      return told;
    },
    get told() {
      return told;
    },
    async close() {
      closed = true;
      await Promise.all(promised.values());
    },
  };
}
