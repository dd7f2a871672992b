// Starts of calls are counted by caller and address, in memory and in PostgreSQL; and an
// address is the socket's, whatever a client writes.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beyondLoopback, parseMinutes } from '@/lib/core/call-limits';
import { closeDatabase } from '@/lib/db/database';
import { countJoined, limitStarts } from '@/lib/dispatch/limits/limit-starts';
import { addressOf, networkOf, recordAddresses } from '@/lib/http/client-address';
import { hasPostgres, postgresDatabase } from '@/lib/testing/databases';
import { serveRoutes } from '@/lib/testing/serve-routes';
import { testServer } from '@/lib/testing/server';

const request = (headers: HeadersInit = {}) => new Request('http://here/', { headers });

/** A separate process with these settings. */
function processWith(env: Readonly<Record<string, string>>) {
  const server = testServer(env);
  const start = async (
    caller: string | undefined,
    address: string,
    publicAgent?: string,
    socket = '',
    account?: string,
  ) => {
    const asked = request({ 'x-forwarded-for': address, 'callboard-address': socket });
    const who = caller === undefined ? undefined : { caller };
    const error = await limitStarts(server, asked, who, publicAgent, account).then(
      () => undefined,
      (thrown) => thrown,
    );
    return error && { kind: error.kind, after: Number(error.headers['retry-after']) };
  };
  const join = (agent: string) => countJoined(server, agent);
  return { start, join, closeDatabase: () => closeDatabase(server) };
}

describe('an address', () => {
  it.each([
    ['1.2.3.4', '1.2.3.4'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['2001:db8:1:ab02:3:4:5:6', '2001:db8:1:ab00::/56'],
    ['2001:0db8:0001:abff::1', '2001:db8:1:ab00::/56'],
    ['2001:db8:1:ac00::1', '2001:db8:1:ac00::/56'],
    ['2001:db8:1:2::1', '2001:db8:1:0::/56'],
    ['2001:db8::', '2001:db8:0:0::/56'],
    ['fe80::1%eth0', 'fe80:0:0:0::/56'],
    ['::1', '::1'],
  ])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));

  it.each([
    ['no proxy: ignores the header', 0, '9.9.9.9', undefined],
    ['one proxy: uses its client', 1, '6.6.6.6, 1.2.3.4', '1.2.3.4'],
    ["two proxies: uses the first one's client", 2, '6.6.6.6, 1.2.3.4, 10.0.0.1', '1.2.3.4'],
    ['with a port', 1, '1.2.3.4:5678', '1.2.3.4'],
    ['IPv6 with a port', 1, '[2001:db8::1]:443', '2001:db8:0:0::/56'],
    ['ignores invalid values', 1, 'unknown', undefined],
    ['ignores fewer entries than proxies', 2, '1.2.3.4', undefined],
  ])('%s', (_, proxies, header, expected) => {
    expect(addressOf(request({ 'x-forwarded-for': header }), proxies)).toBe(expected);
  });

  it("is the socket's, whatever headers a client sends", async () => {
    recordAddresses();
    const say = async (asked: Request) => Response.json({ address: addressOf(asked, 0) });
    const web = await serveRoutes({ '/': { GET: say } });
    const headers = { 'callboard-address': '6.6.6.6', 'x-forwarded-for': '6.6.6.6' };
    expect(await (await fetch(web.url, { headers })).json()).toEqual({ address: '127.0.0.1' });
    await web.close();
  });
});

it.each([
  ['127.0.0.1', 0, false],
  ['localhost', 0, false],
  ['::1', 0, false],
  ['0.0.0.0', 0, true],
  ['::', 0, true],
  ['192.168.1.5', 0, true],
  ['127.0.0.1', 1, true],
  ['127.0.0.1', 0, false, 'http://localhost:3000'],
  ['127.0.0.1', 0, true, 'https://calls.example.com'],
])(
  'HOST=%s TRUST_PROXY=%i is beyond loopback: %s %s',
  (HOST, TRUST_PROXY, expected, PUBLIC_URL?: string) => {
    expect(beyondLoopback({ HOST, TRUST_PROXY, PUBLIC_URL })).toBe(expected);
  },
);

it('reads minutes a day', () => {
  expect(parseMinutes('front-desk=600, billing=60')).toEqual({ 'front-desk': 600, billing: 60 });
  for (const wrong of ['', 'front-desk', 'front-desk=ten', 'a=1,,b=2', 'a=-1']) {
    expect(parseMinutes(wrong)).toBeUndefined();
  }
});

const LIMITS = {
  TRUST_PROXY: '1',
  CALLS_PER_CALLER: '2',
  CALLS_PER_ADDRESS: '3',
};
/** The seconds left of ten minutes. */
const REFUSED = { kind: 'too-many-calls', after: expect.closeTo(600, -2) };

/** The expectations for any store. */
async function counts(start: Awaited<ReturnType<typeof processWith>>['start']) {
  expect(await start('ann', '1.1.1.1')).toBeUndefined();
  expect(await start('ann', '1.1.1.2')).toBeUndefined();
  // From any address.
  expect(await start('ann', '1.1.1.3')).toEqual(REFUSED);
  expect(await start('ben', '1.1.1.1')).toBeUndefined();
  expect(await start(undefined, '1.1.1.1')).toBeUndefined();
  // By any caller.
  expect(await start('cat', '1.1.1.1')).toEqual(REFUSED);
  expect(await start('dan', '1.1.1.4')).toBeUndefined();
}

it('counts in memory', async () => {
  const { start } = processWith(LIMITS);
  await counts(start);
});

it('counts anonymous visitors separately, by address and by agent', async () => {
  const { start, join } = processWith({
    ...{ TRUST_PROXY: '1', CALLS_PER_ADDRESS: '1' },
    ...{ PUBLIC_CALLS_PER_ADDRESS: '2', PUBLIC_CALLS_PER_AGENT: '2' },
  });
  expect(await start(undefined, '1.1.1.1', 'billing')).toBeUndefined();
  expect(await start(undefined, '1.1.1.1', 'billing')).toBeUndefined();
  expect(await start(undefined, '1.1.1.1', 'billing')).toEqual(REFUSED);
  // Another agent does not bypass the limit of the address.
  expect(await start(undefined, '1.1.1.1', 'line-check')).toEqual(REFUSED);
  // The limit of the agent counts callers who joined.
  expect(await join('billing')).toBe(true);
  expect(await start(undefined, '1.1.1.2', 'billing')).toBeUndefined();
  expect(await join('billing')).toBe(true);
  expect(await start(undefined, '1.1.1.3', 'billing')).toEqual(REFUSED);
  expect(await join('billing')).toBe(false);
  expect(await start(undefined, '1.1.1.3', 'line-check')).toBeUndefined();
  // Signed-in callers at the same addresses have their own limits.
  expect(await start('ann', '1.1.1.1')).toBeUndefined();
  expect(await start('ben', '1.1.1.2')).toBeUndefined();
});

const HIDDEN = { AUTH_SECRET: 'x'.repeat(32), PUBLIC_URL: 'https://calls.example.com' };

it('does not count all callers by the address of a proxy on this machine', async () => {
  const { start } = processWith({ ...HIDDEN, CALLS_PER_ADDRESS: '1' });
  const from = (address: string) => start(undefined, '6.6.6.6', undefined, address);
  expect([await from('127.0.0.1'), await from('127.0.0.1')]).toEqual([undefined, undefined]);
  expect([await from('10.0.0.2'), await from('10.0.0.2')]).toEqual([undefined, REFUSED]);
});

it('counts accounts in place of addresses that a proxy hides', async () => {
  const { start } = processWith({ ...HIDDEN, CALLS_PER_ADDRESS: '1' });
  const by = (account: string) => start(undefined, '6.6.6.6', undefined, '127.0.0.1', account);
  expect([await by('ann'), await by('ben')]).toEqual([undefined, undefined]);
  expect([await by('ann'), await by('ben')]).toEqual([REFUSED, REFUSED]);
});

it.each([
  ['a proxy on this machine', '127.0.0.1', {}],
  ['a proxy on this machine, by IPv6', '::1', {}],
  ['a proxy on another machine', '172.18.0.2', {}],
  ['a proxy, without a limit', '127.0.0.1', { PUBLIC_CALLS_PER_ADDRESS: '0' }],
])('refuses anonymous visitors whose addresses are hidden by %s', async (_, socket, more) => {
  const { start } = processWith({ ...HIDDEN, ...more });
  const call = (publicAgent?: string) => start('ann', '6.6.6.6', publicAgent, socket);
  expect(await call('billing')).toMatchObject({ kind: 'feature-off' });
  expect(await call()).toBeUndefined();
  const configured = processWith({ ...HIDDEN, ...more, TRUST_PROXY: '1' });
  expect(await configured.start('ann', '6.6.6.6', 'billing', socket)).toBeUndefined();
});

it('has default limits except on loopback', async () => {
  const local = processWith({ HOST: '127.0.0.1' });
  for (let n = 0; n < 100; n += 1) expect(await local.start('ann', '1.1.1.1')).toBeUndefined();
  const open = processWith({
    HOST: '0.0.0.0',
    AUTH_SECRET: 'x'.repeat(32),
    PUBLIC_URL: 'https://calls.example.com',
  });
  const answers = [];
  for (let n = 0; n < 21; n += 1) answers.push(await open.start('ann', '1.1.1.1'));
  expect(answers.filter(Boolean)).toEqual([REFUSED]);
});

describe.skipIf(!hasPostgres)('in PostgreSQL', () => {
  let place: Awaited<ReturnType<typeof postgresDatabase>>;
  beforeAll(async () => {
    place = await postgresDatabase();
  });
  afterAll(() => place?.remove());

  it('counts for all web processes together', async () => {
    const env = { ...LIMITS, ...place.env };
    const one = processWith(env);
    await counts(one.start);
    await one.closeDatabase();
    const other = processWith(env);
    expect(await other.start('ann', '1.1.1.9')).toEqual(REFUSED);
    await other.closeDatabase();
  });

  it('counts concurrent starts correctly', async () => {
    const env = { TRUST_PROXY: '1', CALLS_PER_CALLER: '7', ...place.env };
    const { start, closeDatabase } = processWith(env);
    const answers = await Promise.all(Array.from({ length: 30 }, () => start('crowd', '2.2.2.2')));
    expect(answers.filter((one) => one === undefined)).toHaveLength(7);
    await closeDatabase();
  });
});
