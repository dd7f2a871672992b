// The redirects of `next.config.ts` and the pages that the proxy handles, matched by Next itself.
import {
  unstable_doesMiddlewareMatch as isForProxy,
  unstable_getResponseFromNextConfig as responseTo,
} from 'next/experimental/testing/server';
import { expect, it } from 'vitest';
import { ROUTES } from '@/lib/http/refused-requests';
import nextConfig from '@/next.config';
import { config } from '@/proxy';

it.each([
  ['/rehearsals', '/agents'],
  ['/simulations', '/agents'],
  ['/api/rehearsals?a=1', '/api/simulations?a=1'],
  ['/api/rehearsals/sessions/one?a=1', '/api/simulations/sessions/one?a=1'],
  ['/welcome/Xk2', '/sign-up/Xk2'],
  ['/api/people/welcome/Xk2', '/api/people/sign-up/Xk2'],
  ['/people', '/admin/people'],
  ['/people/log', '/admin/audit'],
  ['/settings/rules', '/admin/rules'],
  ['/telephone', '/admin/telephone'],
])('%s redirects to %s, with the same method', async (path, to) => {
  const headers = { 'content-length': '2' };
  const { status, headers: sent } = await responseTo({
    url: `https://example.com${path}`,
    nextConfig,
    headers,
  });
  expect([status, sent.get('location')]).toEqual([308, `https://example.com${to}`]);
});

it.each(['/api/token', '/observability/logs/otlp/v0', '/', '/calls', '/api', '/apis/x'])(
  '%s is for the proxy unless it is a route',
  (url) => expect(isForProxy({ config, url })).toBe(!ROUTES.test(url)),
);
