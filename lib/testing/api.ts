// The HTTP API for tests: its routes on a real socket with a real LiveKit server, and reports of live workers.

import { vi } from 'vitest';
import { expectDescribed, operationOf } from '@/app/api/openapi.json/described';
import { PRODUCTION } from '@/lib/core/deployment';
import { type LiveKit, liveKit } from '@/lib/livekit/clients';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { recordReports } from '@/lib/livekit/workers';
import { server } from '@/lib/server';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { serveRoutes } from '@/lib/testing/serve-routes';

/** A response. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON body; undefined if there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it expects
  readonly body: any;
  /** Duration in milliseconds. */
  readonly ms: number;
}

/** A running API. */
export interface TestApi {
  readonly url: string;
  readonly server: TestLiveKitServer;
  readonly livekit: LiveKit;
  /** Sends a request: `ask('POST', '/api/rooms', {})`. A string body is sent unchanged. */
  ask(method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<Answer>;
  close(): Promise<void>;
}

/** Sends a request to one route over HTTP. The response must be as the API's description says. */
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
  expectDescribed(operationOf(method, new URL(url).pathname), response, text);
  const ms = performance.now() - began;
  const parsed = text ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, body: parsed, ms };
}

/** Serves the routes with a LiveKit server of their own, set in the environment. */
export async function startApi(files: Parameters<typeof serveRoutes>[0]): Promise<TestApi> {
  const [web, livekitServer] = await Promise.all([serveRoutes(files), startLiveKitServer()]);
  for (const [name, value] of Object.entries(livekitServer.env)) vi.stubEnv(name, value);
  return {
    url: web.url,
    server: livekitServer,
    livekit: liveKit(livekitServer.env),
    ask: (method, path, body, headers) => askRoute(web.url + path, method, body, headers),
    async close() {
      await Promise.all([web.close(), livekitServer.stop()]);
      vi.unstubAllEnvs();
    },
  };
}

/** Milliseconds between reports, which are valid for six seconds. */
const REPORT_MS = 1_000;
let reporting: NodeJS.Timeout | undefined;

/** Reports one live worker for each of these, until it is called again. */
export function reportLive(...agents: readonly { agent: string; deployment?: string }[]): void {
  const report = { version: '1', activeJobs: 0, maxJobs: 8, state: 'live' } as const;
  const reports: WorkerReport[] = agents.map(({ agent, deployment = PRODUCTION }) => ({
    ...report,
    worker: 'w-test',
    agent,
    deployment,
  }));
  const web = server();
  recordReports(web, reports);
  clearInterval(reporting);
  reporting = setInterval(() => recordReports(web, reports), REPORT_MS).unref();
}
