import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from './config';
import { parseSites, sitesFor } from './embed-sites';

const A = 'https://a.example';
const B = 'https://*.b.example:8443';

describe('parseSites', () => {
  it('reads the sites of each agent', () => {
    const { sites, problems } = parseSites(` front-desk=${A}, ${B} ; billing=${A};`);
    expect(problems).toEqual([]);
    expect(sites).toEqual({ 'front-desk': [A, B], billing: [A] });
  });

  it.each([
    '*',
    'https://*',
    'https:',
    'a.example',
    'https://a.example/',
    'https://a.example/path',
    'https://*.*.example',
    "'self'",
    'data:',
    "https://a.example 'unsafe-inline'",
    'https://a.example\r\nset-cookie: a=b',
    'javascript:alert(1)',
  ])('refuses %j as a site', (site) => {
    expect(parseSites(`front-desk=${site}`).problems).toHaveLength(1);
  });

  it.each(['https://a.example', '=https://a.example'])(
    'requires an agent before the sites: %s',
    (setting) =>
      expect(parseSites(setting).problems.join()).toContain('does not begin with AGENT='),
  );
});

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

it('an invalid site is reported together with all other problems', () => {
  const env = {
    LIVEKIT_URL: 'ws://127.0.0.1:7880',
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 'a-secret-that-is-long-enough-for-a-server',
  };
  const wrong = () => parseConfig({ ...env, PORT: 'x', EMBED_SITES: 'front-desk=a.example' });
  expect(wrong).toThrow(ConfigError);
  expect(wrong).toThrow(/EMBED_SITES has "a\.example", which is not a site/);
  expect(parseConfig({ ...env, EMBED_SITES: '' }).EMBED_SITES).toBeUndefined();
});
