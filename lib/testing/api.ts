// The HTTP API for tests: its routes on a real socket, the real LiveKit server behind them, and
// workers that say they are live.
import { vi } from 'vitest';
import { type LiveKit, liveKit } from '@/lib/livekit/clients';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { recordReports } from '@/lib/livekit/workers';
import { startLiveKitServer, type TestLiveKitServer } from './livekit-server';
import { serveRoutes } from './serve-routes';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON, or undefined where there was none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  readonly body: any;
  /** Milliseconds it took. */
  readonly ms: number;
}

/** A running API. */
export interface TestApi {
  readonly url: string;
  readonly server: TestLiveKitServer;
  readonly livekit: LiveKit;
  /** Asks a route: `ask('POST', '/api/rooms', {})`. Text is sent as it is. */
  ask(method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<Answer>;
  close(): Promise<void>;
}

/** Asks one route over HTTP. */
export async function askRoute(
  url: string,
  method: string,
  body?: unknown,
  headers: HeadersInit = {},
): Promise<Answer> {
  const began = performance.now();
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const ms = performance.now() - began;
  const parsed = text ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, body: parsed, ms };
}

/** Serves the routes with a LiveKit server of their own, to which the settings lead. */
export async function startApi(files: Parameters<typeof serveRoutes>[0]): Promise<TestApi> {
  const [web, server] = await Promise.all([serveRoutes(files), startLiveKitServer()]);
  for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
  return {
    url: web.url,
    server,
    livekit: liveKit(server.env),
    ask: (method, path, body, headers) => askRoute(web.url + path, method, body, headers),
    async close() {
      await Promise.all([web.close(), server.stop()]);
      vi.unstubAllEnvs();
    },
  };
}

/** Makes the registry believe in one live worker for each of these, for the next six seconds. */
export function reportLive(...agents: readonly { agent: string; deployment?: string }[]): void {
  const report = { version: '1', activeJobs: 0, maxJobs: 8, state: 'live' } as const;
  const reports: WorkerReport[] = agents.map(({ agent, deployment = '' }) => ({
    ...report,
    worker: 'w-test',
    agent,
    deployment,
  }));
  recordReports(reports);
}
