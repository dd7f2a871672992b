// Who identifies a caller: what LiveKit SIP and front ends send for somebody, and what they send for nobody.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { callerKey } from '@/lib/livekit/caller-key';

it.each<[Record<string, string>, string]>([
  [{ 'callboard.caller': 'page', 'sip.phoneNumber': '+44' }, 'page'],
  [{ 'sip.phoneNumber': '+44' }, '+44'],
  [{ 'callboard.caller': '' }, 'ada'],
  [{ 'callboard.caller': 'anonymous', 'sip.phoneNumber': '+441632960123' }, '+441632960123'],
  [{ 'sip.phoneNumber': 'anonymous' }, 'ada'],
  [{}, 'ada'],
])('a caller with %j is known by %s', (attributes, key) => {
  expect(callerKey('ada', attributes)).toBe(key);
});

describe('a telephone', () => {
  // LiveKit SIP: the identity is "sip_" and the user part of the caller's address.
  const calls = (phone: string) => callerKey(`sip_${phone}`, { 'sip.phoneNumber': phone });

  it.each(
    [
      'anonymous Anonymous ANONYMOUS restricted unavailable unknown Unknown private withheld blocked',
      '0 0000 0000000000 +0000000000 +10000000000 9999999999',
      '+266696687 266696687 +7378742833 +8656696 +86282452253 +7748283',
      'anonymous@anonymous.invalid sip:anonymous@anonymous.invalid anonymous@10.0.0.1 + - .',
    ].flatMap((line) => line.split(' ')),
  )('that sends %s for its number is nobody', (phone) => {
    expect(calls(phone)).toBeUndefined();
  });

  it.each([
    '',
    ' ',
    'Private Number',
    'No Caller ID',
    '"Unknown" <sip:unknown@x.y>',
    'Nummer unbekannt',
    'Unbekannter Anrufer',
    'Unterdrückte Nummer',
    'Numéro masqué',
    'Número privado',
    'anonimo',
    'Anoniem',
    'Payphone',
  ])('that sends %j for its number is nobody', (phone) => expect(calls(phone)).toBeUndefined());

  it.each(['anonymous', 'Anonymous', 'unknown', '+266696687', ''])(
    'that sends %j for its number is nobody, also where LiveKit SIP hides numbers',
    (phone) => {
      const hash = createHash('sha256').update(phone).digest('hex').slice(0, 16);
      expect(callerKey(`sip_${hash}`, {})).toBeUndefined();
    },
  );

  it('whose number LiveKit SIP hides is known by its hash', () => {
    expect(callerKey('sip_c15a31c71649a522', {})).toBe('sip_c15a31c71649a522');
  });

  it.each(['+441632960123', '101', 'alice', '+4930', '+18005550000', 'private-practice-smith'])(
    'is known by %s',
    (phone) => expect(calls(phone)).toBe(phone),
  );
});

it.each([
  ...['', ' ', '\u200b', '-', 'user', 'User', 'guest', 'identity', 'anonymous', 'unknown', 'null'],
  ...['undefined', 'participant_identity', 'guest-user', 'quickstart-username', 'unbekannt'],
  ...['voice_assistant_user_4821', 'Caller', '0', '[object Object]', 'test-user', 'human_user'],
  ...['web-user', 'my-identity', 'your_name', 'demo'],
])('%j, which a front end gives to everybody, identifies nobody', (identity) => {
  expect(callerKey(identity, {})).toBeUndefined();
});

it.each([
  'ada',
  'user-1',
  'test-user-7',
  'anon-3f9c',
  'guest-3f9c2e',
  'user@example.com',
  '1000000000',
  '7',
  'caller-Xk2',
  'Ünal',
  '..',
  '🙂',
])('%s identifies a caller', (identity) => expect(callerKey(identity, {})).toBe(identity));
