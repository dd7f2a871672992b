// Every setting with a URL or a host, with what people write there: used rightly, or refused in words.
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { asWebSocket, joinUrl, nearHost, parseUrl, readHost } from '@/lib/core/addresses';
import { isConfigError, parseConfig, settings } from '@/lib/core/config';
import { pagesOrigin } from '@/lib/core/server-config';
import { isCalledLoopback, isLoopback, signInProblems } from '@/lib/core/sign-in-mode';

const BASE = {
  LIVEKIT_URL: 'ws://127.0.0.1:7880',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'a-secret-that-is-long-enough-for-a-server',
  LLM_MODEL: 'm',
};

/** Names of all settings with a URL, by their example, their default or their name. */
const URLS = Object.values(settings)
  .flatMap((group) => Object.entries<z.ZodType>(group))
  .filter(([name]) => /_(URL|ENDPOINT|ISSUER)$/.test(name) && name !== 'DATABASE_URL')
  .map(([name]) => name);

/** The value that a setting gets; or what is wrong with it. */
function read(name: string, value: string): string {
  try {
    return String(parseConfig({ ...BASE, [name]: value })[name as 'LIVEKIT_URL']);
  } catch (error) {
    if (isConfigError(error)) return error.problems.join('; ');
    throw error;
  }
}

it('knows every setting with a URL', () => {
  expect(URLS).toEqual([
    'LIVEKIT_URL',
    'LIVEKIT_BROWSER_URL',
    'LIVEKIT_OBSERVABILITY_URL',
    'CALLBOARD_URL',
    'PUBLIC_URL',
    'OIDC_ISSUER',
    'OPENAI_BASE_URL',
    'LLM_URL',
    'LIVEKIT_INFERENCE_URL',
    'LETTA_URL',
    'SPEECH_STT_URL',
    'SPEECH_TTS_URL',
    'EGRESS_S3_ENDPOINT',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ]);
});

describe.each(URLS)('%s', (name) => {
  const s = ['LIVEKIT_URL', 'LIVEKIT_BROWSER_URL'].includes(name) ? 'ws' : 'http';
  it.each([
    [`${s}://host:8080`, `${s}://host:8080`],
    [`  ${s}://host:8080/ \n`, `${s}://host:8080`],
    [`${s.toUpperCase()}://HOST.Example:8080//`, `${s}://host.example:8080`],
    [`${s}s://host:443`, `${s}s://host`],
    [`${s}://[::1]:8080`, `${s}://[::1]:8080`],
    [`${s}://[0:0:0:0:0:0:0:1]`, `${s}://[::1]`],
    [`${s}://bücher.example`, `${s}://xn--bcher-kva.example`],
    [`${s}://127.1:8080`, `${s}://127.0.0.1:8080`],
    [`${s}://0.0.0.0:8080`, `${s}://127.0.0.1:8080`],
    [`${s}://[::]:8080`, `${s}://127.0.0.1:8080`],
  ])('takes %j as %s', (value, url) => expect(read(name, value)).toBe(url));

  it.each([
    ['host', 'begins with'],
    ['host:8080', 'begins with'],
    ['//host', 'begins with'],
    [`${s}:/host`, 'begins with'],
    [`${s}:host`, 'begins with'],
    [`${s}://`, 'begins with'],
    ['ftp://host', 'begins with'],
    ['[::1]:8080', 'begins with'],
    [`${s}://::1:8080`, 'brackets'],
    [`${s}://fe80::1`, 'brackets'],
    [`"${s}://host"`, 'quotation marks'],
    [`'${s}://host'`, 'quotation marks'],
    [`${s}://ho st`, 'begins with'],
    [`${s}://host\\path`, 'begins with'],
    [`${s}://host:99999`, 'begins with'],
    [`${s}://host:0`, 'valid host'],
    [`${s}://$HOST`, 'valid host'],
    [`${s}://*.example.com`, 'valid host'],
    [`${s}://a.example,${s}://b.example`, 'valid host'],
    [`${s}://host;`, 'valid host'],
    [`${s}://user@host`, 'user name'],
    [`${s}://user:hunter2@host`, 'user name'],
    [`${s}://host?a=b`, '"?"'],
    [`${s}://host/#`, '"#"'],
  ])('refuses %j in words', (value, words) => {
    const problem = read(name, value);
    expect(problem).toMatch(new RegExp(`^${name} must`));
    expect(problem).toContain(words);
    expect(problem).not.toContain('hunter2');
  });

  it('keeps its path, or refuses it', () => {
    const isRoot = ['LIVEKIT_URL', 'PUBLIC_URL'].includes(name);
    const kept = read(name, `${s}://host/a/b%20c/`);
    if (isRoot) expect(kept).toContain(`${name} must not have a path`);
    else expect(kept).toBe(`${s}://host/a/b%20c`);
  });
});

it('takes MCP servers with a key in their query, and none with a user name', () => {
  const MCP_SERVERS = ' HTTPS://Tools.Example/mcp?key=k , http://[::1]:8080 ';
  const { mcp } = parseConfig({ ...BASE, MCP_SERVERS }).agentModels['front-desk'] ?? {};
  expect(mcp).toEqual(['https://tools.example/mcp?key=k', 'http://[::1]:8080/']);
  for (const bad of ['http://u:hunter2@host/mcp', 'host/mcp', '"http://host/mcp"'])
    expect(read('MCP_SERVERS', bad)).toMatch(/^MCP_SERVERS.*a URL that begins with/);
});

describe('HOST', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', '127.0.0.1'],
    [' LocalHost ', 'localhost', 'localhost'],
    ['::1', '::1', '[::1]'],
    ['[::1]', '::1', '[::1]'],
    ['::', '::', '127.0.0.1'],
    ['[::]', '::', '127.0.0.1'],
    ['0.0.0.0', '0.0.0.0', '127.0.0.1'],
    ['FE80::1', 'fe80::1', '[fe80::1]'],
    ['127.1', '127.0.0.1', '127.0.0.1'],
    ['bücher.example', 'xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ])('%j listens on %s, near %s', (value, host, near) => {
    expect(read('HOST', value)).toBe(host);
    expect(nearHost(value)).toBe(near);
    expect(URL.canParse(`http://${near}:3000`)).toBe(true);
  });

  it.each(['http://host', 'host:3000', '[::1]:3000', 'host/path', 'a b', '"host"', 'a@b', '%00'])(
    'refuses %j in words',
    (value) => {
      expect(read('HOST', value)).toMatch(/^HOST must be a host name or an IP address/);
      expect(readHost(value)).toBeUndefined();
    },
  );

  it('is loopback in every way of writing it, and nothing else is', () => {
    for (const one of [
      '127.0.0.1',
      '127.1',
      '[::1]',
      '0:0:0:0:0:0:0:1',
      'LOCALHOST',
      'a.localhost',
    ])
      expect(isLoopback(one), one).toBe(true);
    for (const one of ['0.0.0.0', '::', '127.0.0.1.example', 'localhost.example', '', '1.127.0.0'])
      expect(isLoopback(one), one).toBe(false);
  });
});

describe('joinUrl', () => {
  it.each([
    ['http://h', '/api/x', 'http://h/api/x'],
    ['http://h/', 'api/x', 'http://h/api/x'],
    ['http://h/base', '/api/x?a=b%20c', 'http://h/base/api/x?a=b+c'],
    ['http://h/base//', 'api/x', 'http://h/base/api/x'],
    ['http://h/base?k=1#x', 'y?z=2', 'http://h/base/y?k=1&z=2'],
    ['http://[::1]:3000/b', 'a%2Fb', 'http://[::1]:3000/b/a%2Fb'],
  ])('%s and %s', (base, path, url) => expect(joinUrl(base, path)).toBe(url));

  it('keeps the host in each case', () => {
    expect(joinUrl('http://h/base', '//other/x')).toBe('http://h/base/other/x');
    expect(asWebSocket('HTTPS://h')).toBe('wss://h');
  });
});

it('reads addresses in headers the same way, however many it has read', () => {
  // UTF-8 in a header, as Node.js gives it: `URL.canParse` accepts it after some thousand calls, and `new URL` throws.
  const host = Buffer.from('😀').toString('latin1');
  const headers = { get: (name: string) => (name === 'host' ? host : null) } as Headers;
  for (let call = 0; call < 10_000; call++) {
    if (isCalledLoopback(headers)) throw new Error('it is no loopback name');
    if (pagesOrigin({ PUBLIC_URL: undefined, HOST: '::1', PORT: 1 }, headers) !== 'http://[::1]:1')
      throw new Error('the origin is another one');
  }
  expect(parseUrl(`http://${host}`)).toBeUndefined();
});

it('takes https in capitals for encrypted', () => {
  const env = { AUTH_SECRET: 'x'.repeat(40), PUBLIC_URL: ' HTTPS://calls.example.com' };
  expect(signInProblems(env)).toEqual([]);
  expect(signInProblems({ ...env, PUBLIC_URL: 'HTTP://calls.example.com' })).toHaveLength(1);
});
