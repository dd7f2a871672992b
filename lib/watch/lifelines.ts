// The lifelines: each worker process holds a request to this process open for as long as it lives, and
// one for each of its jobs. The kernel closes it when the process dies, however it dies, so that this is known at once;
// LiveKit takes 20 s to notice. One that only broke is opened again within a moment.
import { z } from 'zod';
import { isEnding, keepOpen } from '../open-streams';

/** Path of lifelines on the web process: signed like reports (`worker-auth.ts`). */
export const LIFELINE_PATH = '/api/workers/lifeline';
/** Milliseconds that a broken line may take to be opened again; the other end tries at once. */
const AGAIN_MS = 400;
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

/** The open lifelines of a process. */
export class Lifelines {
  readonly #open = new Map<string, number>();
  /** Of those here, the ones that another process was given later: it will tell when they are gone. */
  readonly #elsewhere = new Set<string>();

  constructor(
    readonly gone: Told,
    readonly opened: Told = () => {},
  ) {}

  /** Another web process holds it now: its end here is no news. */
  openedElsewhere(whose: LifelineOf): void {
    const key = keyOf(whose);
    if (this.#open.has(key)) this.#elsewhere.add(key);
  }

  /** Takes a line in: the answer that stays open until `broken` is aborted. */
  hold(whose: LifelineOf, broken: AbortSignal): Response {
    const key = keyOf(whose);
    this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
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
    this.#open.set(key, (this.#open.get(key) ?? 1) - 1);
    setTimeout(() => {
      if (this.#open.get(key) !== 0) return;
      this.#open.delete(key);
      // Broken by this process itself, they are opened again at the next one.
      if (!this.#elsewhere.delete(key) && !isEnding()) this.gone(whose);
    }, AGAIN_MS).unref();
  }
}
