// How agents that remember callers recognize them.
import { AgentDispatch } from 'livekit-server-sdk';
import { expect, test } from 'vitest';
import { knownCaller, readCaller, writeCaller } from '@/lib/dispatch/known-caller';
import { keepAttributes, keepCall } from '@/lib/dispatch/send-agent';

const secret = 'a secret of the LiveKit server';
const config = { LIVEKIT_API_SECRET: secret, PUBLIC_URL: undefined };
const request = (cookie?: string) =>
  new Request('http://localhost/api/token', { method: 'POST', headers: cookie ? { cookie } : {} });
const nobody = { by: 'nobody' } as const;

let tickets = 0;
const newTicket = () => `ticket-${++tickets}`;
const ask = (
  cookie?: string,
  settings: Parameters<typeof knownCaller>[3] = config,
  ticket = newTicket(),
) => knownCaller(request(cookie), {}, nobody, settings, ticket);

test('recognizes a browser by its signed cookie only', () => {
  const first = ask();
  expect(first?.id).toMatch(/^browser:b-[\w-]{22}$/);
  expect(first?.cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
  const [cookie = ''] = first?.cookie?.split(';') ?? [];
  expect(ask(`language=de; ${cookie}`)?.id).toBe(first?.id);
  expect(ask()?.id).not.toBe(first?.id);
  const id = first?.id.slice('browser:'.length) ?? '';
  for (const forged of [id, `${id}.`, `${id}.${'x'.repeat(43)}`, '.', 'sip_+49301234567']) {
    expect(ask(`callboard-caller=${forged}`)?.id).not.toBe(first?.id);
    expect(ask(`callboard-caller=${forged}`)?.id).toMatch(/^browser:b-/);
  }
  expect(ask(cookie, { ...config, LIVEKIT_API_SECRET: 'another' })?.id).not.toBe(first?.id);
});

test('without cookies, a browser is the same caller while it waits with its ticket, and no longer', () => {
  const waiting = ask(undefined, config, 'shown-twice');
  expect(ask(undefined, config, 'shown-twice')).toEqual(waiting);
  expect(waiting?.id).not.toContain('shown-twice');
  expect(ask()?.id).not.toBe(waiting?.id);
  const other = { ...config, LIVEKIT_API_SECRET: 'another' };
  expect(ask(undefined, other, 'shown-twice')?.id).not.toBe(waiting?.id);
});

test('sets a cookie over HTTPS that works in a frame on another site', () => {
  expect(ask(undefined, { ...config, PUBLIC_URL: 'https://calls.example.com' })?.cookie).toMatch(
    /; HttpOnly; SameSite=None; Secure; Partitioned$/,
  );
});

test('uses the account of signed-in callers, and the identities of a program', () => {
  const by = (visitor: Parameters<typeof knownCaller>[2], asked = {}) =>
    knownCaller(request(), asked, visitor, config, newTicket());
  expect(by({ by: 'session', account: 'anna' })).toEqual({ id: 'account:anna' });
  expect(by({ by: 'key', account: 'anna' })).toBeUndefined();
  expect(by({ by: 'local' })?.id).toMatch(/^browser:b-/);
  expect(by({ by: 'local' }, { participant_identity: 'patient-7' })).toBeUndefined();
  const named = { participant_attributes: { 'callboard.caller': 'patient-7' } };
  expect(by({ by: 'local' }, named)).toBeUndefined();
});

test('is read from the metadata of its room only, and inherited by other dispatches', () => {
  const here = { room: 'call-1', secret };
  const metadata = writeCaller('account:anna', here, '{"language":"de"}');
  expect(JSON.parse(metadata).language).toBe('de');
  expect(readCaller(metadata, here)).toBe('account:anna');
  expect(readCaller(metadata, { ...here, room: 'call-2' })).toBeUndefined();
  expect(readCaller('{"callboardCaller":{"id":"account:anna"}}', here)).toBeUndefined();
  const other = keepCall('', 'billing', [
    { agentName: '', metadata: 'mine' },
    { agentName: 'front-desk', metadata },
  ]);
  expect(readCaller(other, here)).toBe('account:anna');
  expect(writeCaller('account:anna', here, 'words of the project')).toBe('words of the project');
  // Nested so deep that it could not be written again.
  const deep = `${'{"a":'.repeat(7_000)}1${'}'.repeat(7_000)}`;
  expect(writeCaller('account:anna', here, deep)).toBe(deep);
});

test('a replacement keeps the attributes of its agent, and of no other', () => {
  const sent = (agentName: string, attributes: Record<string, string>) =>
    new AgentDispatch({ agentName, attributes });
  const earlier = [
    ...[sent('front-desk', { plan: 'gold' }), sent('billing', { plan: 'none' })],
    sent('front-desk', {}),
  ];
  expect(keepAttributes('front-desk', earlier)).toEqual({ plan: 'gold' });
  expect(keepAttributes('line-check', earlier)).toBeUndefined();
});
