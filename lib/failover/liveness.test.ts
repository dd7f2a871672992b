// Liveness connections over real HTTP: a lost connection is reported, a reopened one is not.

import { request } from 'node:http';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { LIVENESS_PATH, LivenessConnections, type LivenessSource } from '@/lib/failover/liveness';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';

const JOB: LivenessSource = { worker: 'w-1', job: { room: 'r1', identity: 'ada-1' } };
const OTHER: LivenessSource = { worker: 'w-2' };
let web: TestServer | undefined;
afterEach(async () => web?.close());

/** The part of a web process that it needs. */
const server = () => ({ openStreams: { close: new Set<() => void>(), stopping: false } });

async function serve(gone: (source: LivenessSource) => void): Promise<string> {
  const connections = new LivenessConnections(server(), gone);
  const hold = async (asked: Request) =>
    connections.hold(new URL(asked.url).search ? OTHER : JOB, asked.signal);
  web = await serveRoutes({ [LIVENESS_PATH]: { POST: hold } });
  return new URL(LIVENESS_PATH, web.url).href;
}

/** Opens a connection. Resolves once it is open, with a function that breaks it as the kernel would. */
const open = (url: string) =>
  new Promise<() => void>((resolve, reject) => {
    const connection = request(url, { method: 'POST' }, (answer) => {
      answer.on('error', () => undefined);
      answer.once('data', () => resolve(() => answer.destroy()));
    });
    connection.once('error', reject);
    connection.end();
  });

test('reports a lost connection once', async () => {
  const gone = vi.fn();
  const cut = await open(await serve(gone));
  expect(gone).not.toHaveBeenCalled();
  cut();
  await expect.poll(() => gone).toHaveBeenCalledExactlyOnceWith(JOB);
});

test('reports a dead worker before its job, even if the connection of the job breaks first', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const gone = vi.fn();
  const connections = new LivenessConnections(server(), gone);
  const worker = { worker: JOB.worker };
  const [job, own] = [new AbortController(), new AbortController()];
  connections.hold(JOB, job.signal);
  connections.hold(worker, own.signal);
  job.abort();
  vi.advanceTimersByTime(3);
  own.abort();
  vi.advanceTimersByTime(1_000);
  expect(gone.mock.calls).toEqual([[worker], [JOB]]);
});

test('does not report a reopened connection until its last request ends', async () => {
  const gone = vi.fn();
  const url = await serve(gone);
  const first = await open(url);
  const second = await open(url);
  first();
  const third = await open(url);
  second();
  const last = await open(url);
  third();
  expect(gone).not.toHaveBeenCalled();
  last();
  await expect.poll(() => gone).toHaveBeenCalledExactlyOnceWith(JOB);
});

test('waits longer if the connections of several workers break at once', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const gone = vi.fn();
  const connections = new LivenessConnections(server(), gone);
  const hold = () => {
    const [job, other] = [new AbortController(), new AbortController()];
    connections.hold(JOB, job.signal);
    connections.hold(OTHER, other.signal);
    return { job, other };
  };
  // Long enough for the connections to count as stable.
  const first = hold();
  vi.advanceTimersByTime(60_000);
  first.job.abort();
  first.other.abort();
  // Longer than a single broken connection may take.
  vi.advanceTimersByTime(1_000);
  const again = hold();
  vi.advanceTimersByTime(60_000);
  expect(gone).not.toHaveBeenCalled();
  // Only one breaks: its worker has died.
  again.job.abort();
  vi.advanceTimersByTime(1_000);
  expect(gone).toHaveBeenCalledExactlyOnceWith(JOB);
  again.other.abort();
  vi.advanceTimersByTime(60_000);
  expect(gone).toHaveBeenCalledTimes(2);
});
