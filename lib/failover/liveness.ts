// Liveness connections. Each worker process, and each of its jobs, keeps one HTTP request to the web process open.
// The kernel closes it when the process dies, so the web process knows at once; LiveKit takes 20 s to notice.
// A connection that merely broke is reopened within a moment.
import { z } from 'zod';
import { isStopping, registerStream } from '@/lib/http/open-streams';
import type { RequestServer } from '@/lib/http/server';
import { reportedJob } from '@/lib/livekit/worker-report';

/** The liveness route of the web process. Requests are signed like reports (`worker-auth.ts`). */
export const LIVENESS_PATH = '/api/workers/lifeline';
/** Milliseconds for the worker to reopen a broken connection; it tries at once. */
const REOPEN_MS = 400;
/**
 * The same for a job's connection. Slightly longer, so that a dead worker is known before its jobs and gets no
 * replacement. Their connections break within 3 ms of each other, in either order (measured).
 */
const JOB_REOPEN_MS = REOPEN_MS + 50;
/**
 * Milliseconds to wait if all connections of several workers break at once: a proxy between has probably
 * restarted. LiveKit itself notices dead workers by then.
 */
const ALL_BROKEN_MS = 15_000;
/** Milliseconds between heartbeats on a connection, so that no proxy closes it. */
const HEARTBEAT_MS = 15_000;

/** Identifies a connection: a worker process, or one of its jobs. */
export const livenessSource = z.object({
  worker: z.string().min(1).max(100),
  job: reportedJob.optional(),
});
export type LivenessSource = z.infer<typeof livenessSource>;

type Listener = (source: LivenessSource) => void;

const keyOf = ({ worker, job }: LivenessSource) =>
  JSON.stringify([worker, job?.room, job?.identity]);

/** A connection that is open, or was open a moment ago. */
interface Connection {
  readonly worker: string;
  /** Open requests. */
  open: number;
  /** When it was first opened and last reopened, by `performance.now()`. */
  readonly first: number;
  since: number;
}

/** The liveness connections that this process holds. */
export class LivenessConnections {
  readonly #connections = new Map<string, Connection>();
  /** Connections that another process took over; that process reports their loss. */
  readonly #elsewhere = new Set<string>();

  constructor(
    readonly server: Pick<RequestServer, 'openStreams'>,
    readonly gone: Listener,
    readonly opened: Listener = () => {},
  ) {}

  /** Another web process now holds the connection: its end here means nothing. */
  reopenedElsewhere(source: LivenessSource): void {
    const key = keyOf(source);
    if (this.#connections.has(key)) this.#elsewhere.add(key);
  }

  /** Holds a connection. Returns a response that stays open until `broken` is aborted. */
  hold(source: LivenessSource, broken: AbortSignal): Response {
    const key = keyOf(source);
    const now = performance.now();
    const connection = this.#connections.get(key) ?? {
      worker: source.worker,
      open: 0,
      first: now,
      since: now,
    };
    if (connection.open === 0) connection.since = now;
    connection.open += 1;
    this.#connections.set(key, connection);
    this.#elsewhere.delete(key);
    this.opened(source);
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
          this.#closed(key, source);
        };
        const forget = registerStream(this.server, () => {
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

  #closed(key: string, source: LivenessSource): void {
    const connection = this.#connections.get(key);
    if (connection) connection.open -= 1;
    const at = performance.now();
    const look = () => {
      if (this.#connections.get(key)?.open !== 0) return;
      const elsewhere = this.#elsewhere.has(key);
      // Connections that this process closes on shutdown are reopened at the next one.
      const known = elsewhere || isStopping(this.server);
      if (!known && performance.now() - at < ALL_BROKEN_MS && this.#allBroke(at)) {
        setTimeout(look, REOPEN_MS).unref();
        return;
      }
      this.#connections.delete(key);
      this.#elsewhere.delete(key);
      if (!known) this.gone(source);
    };
    setTimeout(look, source.job ? JOB_REOPEN_MS : REOPEN_MS).unref();
  }

  /** Whether every connection that was open at `at` has broken, and they belong to several workers. */
  #allBroke(at: number): boolean {
    const there = [...this.#connections.values()].filter(({ first }) => first <= at);
    const workers = new Set(there.map(({ worker }) => worker));
    return workers.size > 1 && there.every(({ open, since }) => open === 0 || since > at);
  }
}
