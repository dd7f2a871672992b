import { describe, expect, it } from 'vitest';
import { sitesFor } from '@/lib/core/embed-sites';
import { parseSites } from '@/lib/core/sites';

const A = 'https://a.example';

describe('sitesFor', () => {
  const set = parseSites(`front-desk=${A}`).sites;

  it('returns the sites of an agent, and none for another', () => {
    expect(sitesFor('front-desk', { HOST: '127.0.0.1', EMBED_SITES: set })).toEqual([A]);
    expect(sitesFor('billing', { HOST: '127.0.0.1', EMBED_SITES: set })).toEqual([]);
    expect(sitesFor('toString', { HOST: '127.0.0.1', EMBED_SITES: set })).toEqual([]);
  });

  it('allows pages of this machine while only this machine can reach the server', () => {
    const loopback = ['http://localhost:*', 'http://127.0.0.1:*'];
    for (const HOST of ['127.0.0.1', 'localhost', '::1', '127.1.2.3']) {
      expect(sitesFor('front-desk', { HOST })).toEqual(loopback);
    }
    for (const HOST of ['0.0.0.0', '::', '192.168.1.4', '127.0.0.1.evil.example']) {
      expect(sitesFor('front-desk', { HOST })).toEqual([]);
    }
  });
});
