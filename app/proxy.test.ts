// What the proxy gives a page, and how little it does for it: every page waits for it.
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readConfig } from '@/lib/core/server-config';
import { NO_LIVEKIT } from '@/lib/testing/server';
import { proxy } from '@/proxy';

vi.mock(import('@/lib/core/server-config'), { spy: true });

beforeAll(() => {
  const settings = { ...NO_LIVEKIT, HOST: '', EMBED_SITES: '' };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
});
afterAll(() => vi.unstubAllEnvs());

const NONCE = /'nonce-([^']+)'/;
const page = (path: string) => {
  const { headers } = proxy(new NextRequest(`http://localhost:3000${path}`));
  return {
    policy: headers.get('content-security-policy') ?? '',
    // In this header, Next hands it to the page.
    nonce: headers.get('x-middleware-request-x-nonce'),
  };
};

it('gives each page a nonce of its own, and reads the settings once', () => {
  const pages = ['/', '/calls', '/embed?agent=front-desk'].map(page);
  const nonces = pages.map(({ policy }) => NONCE.exec(policy)?.[1]);
  expect(nonces).toEqual(pages.map(({ nonce }) => nonce));
  expect(new Set(nonces).size).toBe(pages.length);
  expect(readConfig).toHaveBeenCalledOnce();
});

it('lets only the embedded page be shown by other sites', () => {
  expect(page('/').policy).toContain("frame-ancestors 'none'");
  expect(page('/embed').policy).toContain('frame-ancestors http://localhost:*');
});
