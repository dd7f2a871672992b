// Lifelines over real connections: one that ends is known of, one that is opened again is not.
import { request } from 'node:http';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { LIFELINE_PATH, type LifelineOf, Lifelines } from './lifelines';

const JOB: LifelineOf = { worker: 'w-1', job: { room: 'r1', identity: 'ada-1' } };
const OTHER: LifelineOf = { worker: 'w-2' };
let server: TestServer | undefined;
afterEach(async () => server?.close());

async function serve(gone: (whose: LifelineOf) => void): Promise<string> {
  const lines = new Lifelines(gone);
  const hold = async (asked: Request) =>
    lines.hold(new URL(asked.url).search ? OTHER : JOB, asked.signal);
  server = await serveRoutes({ [LIFELINE_PATH]: { POST: hold } });
  return new URL(LIFELINE_PATH, server.url).href;
}

/** Opens a line; resolves, once it stands, with what breaks it as the kernel would. */
const open = (url: string) =>
  new Promise<() => void>((resolve, reject) => {
    const line = request(url, { method: 'POST' }, (answer) => {
      answer.on('error', () => undefined);
      answer.once('data', () => resolve(() => answer.destroy()));
    });
    line.once('error', reject);
    line.end();
  });

test('a line that ends is told of, once', async () => {
  const gone = vi.fn();
  const cut = await open(await serve(gone));
  expect(gone).not.toHaveBeenCalled();
  cut();
  await expect.poll(() => gone).toHaveBeenCalledExactlyOnceWith(JOB);
});

test('a worker that dies is told of before its job, whose line may break before its own', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const gone = vi.fn();
  const lines = new Lifelines(gone);
  const worker = { worker: JOB.worker };
  const [job, own] = [new AbortController(), new AbortController()];
  lines.hold(JOB, job.signal);
  lines.hold(worker, own.signal);
  job.abort();
  vi.advanceTimersByTime(3);
  own.abort();
  vi.advanceTimersByTime(1_000);
  expect(gone.mock.calls).toEqual([[worker], [JOB]]);
});

test('a line that is opened again is not; its second end is', async () => {
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

test('lines of several workers that all break at once have time to be opened again', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const gone = vi.fn();
  const lines = new Lifelines(gone);
  const hold = () => {
    const [job, other] = [new AbortController(), new AbortController()];
    lines.hold(JOB, job.signal);
    lines.hold(OTHER, other.signal);
    return { job, other };
  };
  // Long enough to be no line that breaks again and again.
  const first = hold();
  vi.advanceTimersByTime(60_000);
  first.job.abort();
  first.other.abort();
  // Longer than one line alone is waited for.
  vi.advanceTimersByTime(1_000);
  const again = hold();
  vi.advanceTimersByTime(60_000);
  expect(gone).not.toHaveBeenCalled();
  // One of them alone: its worker has died.
  again.job.abort();
  vi.advanceTimersByTime(1_000);
  expect(gone).toHaveBeenCalledExactlyOnceWith(JOB);
  again.other.abort();
  vi.advanceTimersByTime(60_000);
  expect(gone).toHaveBeenCalledTimes(2);
});
