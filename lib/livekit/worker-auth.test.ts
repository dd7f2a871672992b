import { createHash } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isSigned, signBody } from '@/lib/livekit/worker-auth';

const KEY = 'key';
const SECRET = 'a-secret-that-is-long-enough-for-a-server';
const OWN = { LIVEKIT_API_KEY: KEY, LIVEKIT_API_SECRET: SECRET };
const BODY = '[{"worker":"w"}]';

afterEach(() => vi.useRealTimers());

const signReport = (body: string) => signBody('report', body, OWN);
const isSignedReport = (authorization: string | null, body: string, key = KEY, secret = SECRET) =>
  isSigned('report', authorization, body, { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret });

describe('a report', () => {
  it('is valid with the body it was signed for', async () => {
    expect(await isSignedReport(await signReport(BODY), BODY)).toBe(true);
  });

  it('is invalid with another body, key or secret, or without a signature', async () => {
    const signed = await signReport(BODY);
    expect(await isSignedReport(signed, `${BODY} `)).toBe(false);
    expect(await isSignedReport(signed, BODY, 'other', SECRET)).toBe(false);
    expect(await isSignedReport(signed, BODY, KEY, `${SECRET}!`)).toBe(false);
    for (const none of [null, '', 'Bearer', 'Bearer x.y.z', signed.replace('Bearer ', '')]) {
      expect(await isSignedReport(none, BODY)).toBe(false);
    }
  });

  it('is invalid as another kind of message from a worker', async () => {
    const events = await signBody('events', BODY, OWN);
    expect(await isSigned('events', events, BODY, OWN)).toBe(true);
    expect(await isSignedReport(events, BODY)).toBe(false);
  });

  it('is invalid with a token made for another purpose, even with the right hash', async () => {
    const token = new AccessToken(KEY, SECRET, { identity: 'caller' });
    token.addGrant({ roomJoin: true, room: 'r' });
    expect(await isSignedReport(`Bearer ${await token.toJwt()}`, BODY)).toBe(false);
    token.sha256 = createHash('sha256').update(BODY).digest('base64');
    expect(await isSignedReport(`Bearer ${await token.toJwt()}`, BODY)).toBe(false);
  });

  it('is valid for a short time only, with clocks up to a minute apart', async () => {
    const signed = await signReport(BODY);
    const later = async (seconds: number) => {
      vi.setSystemTime(Date.now() + seconds * 1000);
      return isSignedReport(signed, BODY);
    };
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(await later(85)).toBe(true);
    expect(await later(10)).toBe(false);
  });
});
