// The lifelines: each worker process holds a request to this process open for as long as it lives, and
// one for each of its jobs. The kernel closes it when the process dies, however it dies, so that this is known at once;
// LiveKit takes 20 s to notice. One that only broke is opened again within a moment.
import { z } from 'zod';
import { isEnding, keepOpen } from '@/lib/http/open-streams';

/** Path of lifelines on the web process: signed like reports (`worker-auth.ts`). */
export const LIFELINE_PATH = '/api/workers/lifeline';
/** Milliseconds that a broken line may take to be opened again; the other end tries at once. */
const AGAIN_MS = 400;
/**
 * The same for a job's: where its worker has died with it, that is known first, so that nobody is sent to it.
 * Their lines break within 3 ms of each other, in either order (measured).
 */
const JOB_AGAIN_MS = AGAIN_MS + 50;
/**
 * The same where all lines of several workers break at once: not they have died, but a proxy between. Until it
 * is back; LiveKit notices whoever has died all the same by then.
 */
const CUT_MS = 15_000;
/** Milliseconds between signs of life down the line, so that no proxy closes it. */
const HEARTBEAT_MS = 15_000;

/** Whose lifeline it is: a worker process, or one of its jobs. */
export const lifelineOf = z.object({
  worker: z.string().min(1).max(100),
  job: z
    .object({ room: z.string().min(1).max(256), identity: z.string().min(1).max(300) })
    .optional(),
});
export type LifelineOf = z.infer<typeof lifelineOf>;

/** Told of each that is gone, or was opened. */
type Told = (whose: LifelineOf) => void;

const keyOf = ({ worker, job }: LifelineOf) => JSON.stringify([worker, job?.room, job?.identity]);

/** A lifeline that is open, or was a moment ago. */
interface Line {
  readonly worker: string;
  /** Requests that hold it. */
  open: number;
  /** When it was opened for the first time, and again, by `performance.now()`. */
  readonly first: number;
  since: number;
}

/** The open lifelines of a process. */
export class Lifelines {
  readonly #lines = new Map<string, Line>();
  /** Of those here, the ones that another process was given later: it will tell when they are gone. */
  readonly #elsewhere = new Set<string>();

  constructor(
    readonly gone: Told,
    readonly opened: Told = () => {},
  ) {}

  /** Another web process holds it now: its end here is no news. */
  openedElsewhere(whose: LifelineOf): void {
    const key = keyOf(whose);
    if (this.#lines.has(key)) this.#elsewhere.add(key);
  }

  /** Takes a line in: the answer that stays open until `broken` is aborted. */
  hold(whose: LifelineOf, broken: AbortSignal): Response {
    const key = keyOf(whose);
    const now = performance.now();
    const line = this.#lines.get(key) ?? { worker: whose.worker, open: 0, first: now, since: now };
    if (line.open === 0) line.since = now;
    line.open += 1;
    this.#lines.set(key, line);
    this.#elsewhere.delete(key);
    this.opened(whose);
    let end = () => {};
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const beat = () => controller.enqueue(new Uint8Array([10]));
        const timer = setInterval(beat, HEARTBEAT_MS);
        let ended = false;
        end = () => {
          if (ended) return;
          ended = true;
          clearInterval(timer);
          forget();
          this.#closed(key, whose);
        };
        const forget = keepOpen(() => {
          end();
          controller.close();
        });
        broken.addEventListener('abort', () => end(), { once: true });
        if (broken.aborted) end();
        else beat();
      },
      cancel: () => end(),
    });
    return new Response(body, {
      headers: { 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' },
    });
  }

  #closed(key: string, whose: LifelineOf): void {
    const line = this.#lines.get(key);
    if (line) line.open -= 1;
    const at = performance.now();
    const look = () => {
      if (this.#lines.get(key)?.open !== 0) return;
      const elsewhere = this.#elsewhere.has(key);
      // Broken by this process itself, they are opened again at the next one.
      const known = elsewhere || isEnding();
      if (!known && performance.now() - at < CUT_MS && this.#allBroke(at)) {
        setTimeout(look, AGAIN_MS).unref();
        return;
      }
      this.#lines.delete(key);
      this.#elsewhere.delete(key);
      if (!known) this.gone(whose);
    };
    setTimeout(look, whose.job ? JOB_AGAIN_MS : AGAIN_MS).unref();
  }

  /** Whether no line that was there at this time has stood, and they were of several workers. */
  #allBroke(at: number): boolean {
    const there = [...this.#lines.values()].filter(({ first }) => first <= at);
    const workers = new Set(there.map(({ worker }) => worker));
    return workers.size > 1 && there.every(({ open, since }) => open === 0 || since > at);
  }
}
