// Telephone numbers as people write them, and the results of failed calls.
import { ServerError, SipCallError } from 'livekit-server-sdk';
import { describe, expect, it, test } from 'vitest';
import { checkedNumber, unreached } from '@/lib/telephony/call-out';

test.each([
  ['+441632960123', '+441632960123'],
  ['+44 (1632) 960-123', '+441632960123'],
  ['+49 30/901.820', '+4930901820'],
])('%s is %s', (written, number) => {
  expect(checkedNumber(written)).toBe(number);
});

test.each([
  '',
  '112',
  '0044163296012',
  '+0441632960123',
  '+4416',
  `+${'4'.repeat(16)}`,
  '+44x63296012',
])('%j is no number that can be called from everywhere', (written) => {
  expect(() => checkedNumber(written)).toThrow('to must be a telephone number');
});

const refused = (status: number) =>
  new SipCallError('x', 'x', 503, 'unavailable', { sip_status_code: String(status) });

describe('failed calls', () => {
  it.each([
    [486, 'busy'],
    [600, 'busy'],
    [480, 'no-answer'],
    [487, 'no-answer'],
    [603, 'declined'],
    [404, 'no-such-number'],
    [482, 'loop'],
  ])('SIP %i: %s', (status, why) => {
    expect(unreached(refused(status))).toEqual({ why });
  });

  it('includes the error of an unknown number', () => {
    const reason = expect.stringContaining('500');
    expect(unreached(refused(500))).toEqual({ why: 'line-failed', reason });
    expect(unreached(new Error('connect ECONNREFUSED'))).toMatchObject({ why: 'line-failed' });
    expect(unreached(new ServerError('x', 'no trunk', 404, 'not_found'))).toEqual({
      ...{ why: 'line-failed', reason: 'no trunk' },
    });
  });

  it('is "no-answer" after the ringing timeout', () => {
    const late = new ServerError('x', 'request timed out', 408, 'deadline_exceeded');
    expect(unreached(late)).toEqual({ why: 'no-answer' });
  });
});
