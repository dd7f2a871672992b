import { describe, expect, it } from 'vitest';
import {
  downloadProxies,
  isDirect,
  proxySettings,
  proxyVariable,
  withholdProxy,
} from '@/lib/core/outbound-proxy';

const HTTP_PROXY = 'http://proxy.example.com:3128';

describe('which servers are reached without a proxy', () => {
  it.each([
    ['ws://127.0.0.1:7880', ''],
    ['ws://localhost:7880', ''],
    ['ws://[::1]:7880', ''],
    ['ws://0.0.0.0:7880', ''],
    ['ws://192.168.1.5:7880', '10.0.0.1, 192.168.1.5'],
    ['ws://192.168.1.5:7880', '192.168.0.0/16'],
    ['ws://[fd00::5]:7880', 'fd00::/8'],
    ['ws://[fd00::5]:7880', '[fd00::5]'],
    ['ws://livekit:7880', 'livekit'],
    ['ws://livekit:7880', 'livekit:7880'],
    ['wss://livekit.example.com', 'example.com'],
    ['wss://LiveKit.example.com', '.Example.com'],
    ['wss://livekit.example.com', 'other.org *.example.com'],
    ['wss://livekit.example.com', 'livekit.example.com:443'],
    ['wss://livekit.example.com', '*'],
  ])('%s with NO_PROXY=%s', (url, NO_PROXY) => {
    expect(isDirect(url, { NO_PROXY })).toBe(true);
    expect(isDirect(url, { no_proxy: NO_PROXY })).toBe(true);
  });

  it.each([
    ['wss://livekit.example.com', ''],
    ['wss://livekit.example.com', 'ample.com,127.0.0.1,localhost'],
    ['wss://livekit.example.com', 'livekit.example.com:7443'],
    ['ws://192.168.1.5:7880', '192.168.1.0/30,10.0.0.0/8,192.168.1.5/99,nonsense/8'],
    ['ws://livekit:7880', '., ,/,:'],
    ['not a URL', '*'],
  ])('not %s with NO_PROXY=%s', (url, NO_PROXY) => {
    expect(isDirect(url, { NO_PROXY })).toBe(false);
  });
});

it('names the variable that LiveKit’s client uses', () => {
  const cloud = 'wss://a.livekit.cloud';
  expect(proxyVariable(cloud, { HTTP_PROXY })).toBeUndefined();
  expect(proxyVariable(cloud, { HTTPS_PROXY: HTTP_PROXY })).toBe('HTTPS_PROXY');
  expect(proxyVariable(cloud, { https_proxy: HTTP_PROXY })).toBe('https_proxy');
  expect(proxyVariable(cloud, { https_proxy: 'x', HTTPS_PROXY: HTTP_PROXY })).toBe('HTTPS_PROXY');
  expect(proxyVariable(cloud, { HTTPS_PROXY: '', NO_PROXY: '' })).toBeUndefined();
  expect(proxyVariable('ws://livekit:7880', { HTTP_PROXY })).toBe('HTTP_PROXY');
  expect(proxyVariable('ws://127.0.0.1:7880', { HTTP_PROXY })).toBeUndefined();
});

it('is removed for a local server only', () => {
  const names = [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'http_proxy',
    'https_proxy',
    'all_proxy',
  ];
  const all = Object.fromEntries(names.map((name) => [name, HTTP_PROXY]));
  const env = { ...all, NO_PROXY: 'x' };
  withholdProxy('wss://a.livekit.cloud', env);
  expect(env).toEqual({ ...all, NO_PROXY: 'x' });
  withholdProxy('ws://127.0.0.1:7880', env);
  expect(env).toEqual({ NO_PROXY: 'x' });
});

it('is not used for this machine by programs that read NO_PROXY', () => {
  expect(proxySettings('127.0.0.1', {})).toEqual({});
  const all = 'a.example.com,localhost,127.0.0.1,::1,192.168.1.5';
  const env = { HTTP_PROXY, no_proxy: 'a.example.com' };
  expect(proxySettings('192.168.1.5', env)).toEqual({ HTTP_PROXY, no_proxy: all, NO_PROXY: all });
});

it('may be written without a scheme', () => {
  const env = { HTTPS_PROXY: ' proxy.corp:8080', http_proxy: 'u:p@10.0.0.1:3128', ALL_PROXY: ' ' };
  const complete = {
    HTTPS_PROXY: 'http://proxy.corp:8080',
    http_proxy: 'http://u:p@10.0.0.1:3128',
  };
  expect(proxySettings('127.0.0.1', env)).toMatchObject(complete);
  const remote = { ...env };
  withholdProxy('wss://a.livekit.cloud', remote);
  expect(remote).toEqual({ ...complete, ALL_PROXY: ' ' });
});

it.each([
  [{}, {}],
  [{ http_proxy: 'a:1' }, { httpProxy: 'http://a:1', httpsProxy: 'http://a:1' }],
  [{ HTTPS_PROXY: 'http://a:1', npm_config_proxy: '' }, { httpsProxy: 'http://a:1' }],
  [
    { npm_config_proxy: 'http://a:1', npm_config_https_proxy: 'http://b:1' },
    { httpProxy: 'http://a:1', httpsProxy: 'http://b:1' },
  ],
  [
    { HTTPS_PROXY: 'http://c:1', npm_config_proxy: 'a:1' },
    { httpProxy: 'http://a:1', httpsProxy: 'http://c:1' },
  ],
])('downloads with %o use %o', (env, proxies) => {
  expect(downloadProxies(env)).toEqual(proxies);
});
