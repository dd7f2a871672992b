// How many responses may be open at once.

import { afterEach, expect, test } from 'vitest';
import { ALL_STREAMS, limitStreams, VISITOR_STREAMS } from '@/lib/auth/stream-limit';
import { testServer } from '@/lib/testing/server';

let server = testServer();
afterEach(() => {
  server = testServer();
});

type Pull = (controller: ReadableStreamDefaultController<Uint8Array>) => void;
/** Opens a stream of an account. @returns the response */
const open = (account: string, pull: Pull = () => {}) =>
  limitStreams(
    server,
    { by: 'session', account },
    () => new Response(new ReadableStream({ pull })),
  );
const fill = async (account: string, count = VISITOR_STREAMS) => {
  for (let n = 0; n < count; n += 1) await open(account);
};
const TOO_MANY = { kind: 'too-many-streams', headers: { 'retry-after': '10' } };

test('few of one visitor, and many of all', async () => {
  for (let n = 0; n < ALL_STREAMS / VISITOR_STREAMS - 1; n += 1) await fill(`account ${n}`);
  await fill('last', VISITOR_STREAMS - 1);
  await expect(open('account 0')).rejects.toMatchObject(TOO_MANY);
  const own = await open('another');
  await expect(open('last')).rejects.toMatchObject(TOO_MANY);
  await own.body?.cancel();
  await open('last');
});

test.each<[string, (body: ReadableStream<Uint8Array>) => Promise<unknown>, Pull?]>([
  ['ended', (body) => new Response(body).text(), (stream) => stream.close()],
  ['failed', (body) => new Response(body).text(), (stream) => stream.error(new Error('broken'))],
  ['was cancelled', (body) => body.cancel()],
])('a stream that %s does not count', async (_, end, pull) => {
  const { body } = await open('ann', pull);
  await end(body as ReadableStream<Uint8Array>).catch(() => {});
  await fill('ann');
  await expect(open('ann')).rejects.toMatchObject(TOO_MANY);
});

test('a response without a body does not count, nor one that fails', async () => {
  const ann = { by: 'session', account: 'ann' } as const;
  const failing = limitStreams(server, ann, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  const response = await limitStreams(server, ann, () => new Response(null, { status: 304 }));
  expect(response.status).toBe(304);
  await fill('ann');
});

test('keeps status, headers and bytes', async () => {
  const init = { status: 206, headers: { 'content-range': 'bytes 0-1/9' } };
  const ann = { by: 'local' } as const;
  const response = await limitStreams(server, ann, () => new Response('ab', init));
  expect([response.status, response.headers.get('content-range')]).toEqual([206, 'bytes 0-1/9']);
  expect(await response.text()).toBe('ab');
});
