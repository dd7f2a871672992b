import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '@/lib/core/config';
import { isOriginOf, parseSites, sitesOf } from '@/lib/core/sites';

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

  it.each(['https://a.example', '=https://a.example', 'a\nb=https://a.example'])(
    'requires an agent before the sites: %j',
    (setting) => expect(parseSites(setting).problems.join()).toContain('not AGENT=SITE'),
  );

  it('takes agents that are added later', () => {
    const { sites, problems } = parseSites(`my_agent=${A}`);
    expect(problems).toEqual([]);
    expect(sitesOf(sites, 'my_agent')).toEqual([A]);
    for (const other of ['my', 'My_agent', 'toString']) expect(sitesOf(sites, other)).toEqual([]);
    expect(sitesOf(undefined, 'my_agent')).toEqual([]);
  });
});

it.each<[string, string, boolean]>([
  [A, A, true],
  ['HTTPS://A.example:443', A, true],
  ['http://localhost:5173', 'http://localhost:5173', true],
  [B, 'https://x.b.example:8443', true],
  [B, 'https://x.y.b.example:8443', true],
  ['https://*.b.example:443', 'https://x.b.example', true],
  [A, 'http://a.example', false],
  [A, 'https://a.example:8443', false],
  [A, 'https://a.example.evil.test', false],
  [A, 'https://evil-a.example', false],
  [A, 'https://x.a.example', false],
  [B, 'https://b.example:8443', false],
  [B, 'https://.b.example:8443', false],
  [B, 'https://evilb.example:8443', false],
  [B, 'https://x.b.example', false],
  [B, 'http://x.b.example:8443', false],
  [A, 'null', false],
  [A, '', false],
])('of %s, %s is an origin: %s', (site, origin, expected) => {
  expect(isOriginOf([site], origin)).toBe(expected);
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
