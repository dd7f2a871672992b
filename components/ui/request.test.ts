// Why a request has failed: the server's words, that there is no response, or that this page has an error.
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ApiError, request, toApiError } from '@/components/ui/request';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const problem = {
  type: 'urn:callboard:problem:busy',
  detail: 'All agents are busy',
  errors: [{ pointer: '/agent', detail: 'busy' }],
};
/** A response that breaks off while its body is read. */
const broken = (status: number) =>
  new Response(new ReadableStream({ pull: (body) => body.error(new TypeError('network')) }), {
    status,
  });

test.each([
  ['no response', async () => Promise.reject(new TypeError('Failed to fetch')), 0, 'unreachable'],
  ['a response that breaks off', async () => broken(200), 0, 'unreachable'],
  ['a problem', async () => Response.json(problem, { status: 503 }), 503, problem.detail],
  ['a problem that breaks off', async () => broken(502), 502, 'unreachable'],
  [
    'a proxy whose server is away',
    async () => new Response('<p>', { status: 502 }),
    502,
    'unreachable',
  ],
  ['a proxy that refuses', async () => new Response('<p>', { status: 403 }), 403, 'pageError'],
  ['no message', async () => Response.json({ detail: {} }, { status: 400 }), 400, 'pageError'],
  ['the page of a proxy', async () => new Response('<html></html>'), 200, 'pageError'],
  ['nothing', async () => new Response(null, { status: 204 }), 204, 'pageError'],
  ['another version', async () => Response.json({ token: 1 }), 200, 'pageError'],
])('%s', async (_what, fetch, status, message) => {
  vi.stubGlobal('fetch', fetch);
  const schema = z.object({ token: z.string() });
  const error = await request('/api/token', { body: {}, schema }).catch((one) => one);
  expect(error).toBeInstanceOf(ApiError);
  expect([error.status, error.message]).toEqual([status, message]);
  expect(error.detail).toBe(message === problem.detail ? message : '');
  expect(error.kind).toBe(message === problem.detail ? 'busy' : '');
  expect(error.errors).toEqual(message === problem.detail ? problem.errors : []);
});

test('no response is expected from a request that is answered with none', async () => {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }));
  await expect(request('/api/calls/a', { method: 'DELETE' })).resolves.toBeUndefined();
});

test('an error of the page is logged, and not blamed on the server', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const circular: { self?: object } = {};
  circular.self = circular;
  const error = await request('/api/token', { body: circular }).catch((one) => one);
  expect(error).toBeInstanceOf(TypeError);
  expect(toApiError(error).message).toBe('pageError');
  expect(log).toHaveBeenCalledWith(error);
});
