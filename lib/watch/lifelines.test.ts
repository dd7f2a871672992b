// Lifelines over real connections: one that ends is known of, one that is opened again is not.
import { request } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { serveRoutes, type TestServer } from '../testing/serve-routes';
import { LIFELINE_PATH, type LifelineOf, Lifelines } from './lifelines';

const JOB: LifelineOf = { worker: 'w-1', job: { room: 'r1', identity: 'ada-1' } };
let server: TestServer | undefined;
afterEach(async () => server?.close());

async function serve(gone: (whose: LifelineOf) => void): Promise<string> {
  const lines = new Lifelines(gone);
  const hold = async (asked: Request) => lines.hold(JOB, asked.signal);
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
