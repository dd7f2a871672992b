// The web process as workers see it, for tests: accepts signed, well-formed requests, keeps what the real one would,
// and can be down.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Handler } from '@/lib/auth/route';
import { type CallEvent, callEvent, EVENTS_PATH, eventBatch } from '@/lib/calls/event';
import { isSigned, type SignedKind } from '@/lib/livekit/worker-auth';
import { REPORT_PATH, type WorkerReport, workerReports } from '@/lib/livekit/worker-report';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';

/** Where tests in other processes read what was received, after the reports and events they already have. */
const SEEN_PATH = '/seen';
const POLL_MS = 50;

const seen = z.object({ reports: z.array(workerReports.element), events: z.array(callEvent) });

class Received {
  readonly reports: WorkerReport[] = [];
  /** Each once, in order of arrival. */
  readonly events = new Map<string, CallEvent>();

  /** The events of a room, by their own time. */
  eventsOf(room: string): CallEvent[] {
    return [...this.events.values()]
      .filter((event) => event.room === room)
      .sort((a, b) => a.at - b.at);
  }
}

/** What the stack's web process received, polled from a test's process. */
export class FollowedWeb extends Received {
  #follows = true;

  constructor(
    readonly env: TestLiveKitServer['env'],
    private readonly url: string,
  ) {
    super();
    void this.#follow();
  }

  stop(): void {
    this.#follows = false;
  }

  async #follow(): Promise<void> {
    for (; this.#follows; await pause(POLL_MS)) {
      const query = `reports=${this.reports.length}&events=${this.events.size}`;
      // A server may close a kept-alive connection just as it is reused: retry once.
      const answer = await fetch(`${this.url}${SEEN_PATH}?${query}`).catch(() => undefined);
      if (!answer) continue;
      const { reports, events } = seen.parse(await answer.json());
      this.reports.push(...reports);
      for (const event of events) this.events.set(event.id, event);
    }
  }
}

/** A web process. */
export class StageWeb extends Received {
  #server: TestServer | undefined;
  #port = 0;

  constructor(readonly env: TestLiveKitServer['env']) {
    super();
  }

  /** Starts it, always at the same address. */
  async start(): Promise<string> {
    const files = {
      [REPORT_PATH]: { POST: this.#take('report', (body) => this.#report(body)) },
      [EVENTS_PATH]: { POST: this.#take('events', (body) => this.#event(body)) },
      [SEEN_PATH]: { GET: (request: Request) => this.#after(new URL(request.url).searchParams) },
    };
    this.#server = await serveRoutes(files, this.#port);
    this.#port = Number(new URL(this.#server.url).port);
    return this.#server.url;
  }

  async stop(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }

  #after(had: URLSearchParams): Response {
    return Response.json({
      reports: this.reports.slice(Number(had.get('reports'))),
      events: [...this.events.values()].slice(Number(had.get('events'))),
    });
  }

  #report(body: unknown) {
    this.reports.push(...workerReports.parse(body));
  }

  #event(body: unknown) {
    for (const event of eventBatch.parse(body).events) {
      if (!this.events.has(event.id)) this.events.set(event.id, event);
    }
  }

  #take(kind: SignedKind, keep: (body: unknown) => void): Handler {
    return async (request) => {
      const body = await request.text();
      const signature = request.headers.get('authorization');
      if (!(await isSigned(kind, signature, body, this.env))) {
        return new Response(null, { status: 401 });
      }
      keep(JSON.parse(body));
      return new Response(null, { status: 204 });
    };
  }
}
