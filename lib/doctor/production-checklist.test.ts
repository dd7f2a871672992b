// The production checklist's judgement of settings, and what it reads.
import { expect, it } from 'vitest';
import { judgeCallers, lastWebhookH } from '@/lib/doctor/production-checklist';
import { translator } from '@/lib/messages/messages';
import { server } from '@/lib/server';
import { manyCalls } from '@/lib/testing/many-calls';

it.each([
  ['https://calls.example.com', 0, 'fail', 'TRUST_PROXY is not set'],
  ['https://calls.example.com', 1, 'ok', 'TRUST_PROXY is 1'],
  ['http://localhost:3000', 0, 'ok', 'without a proxy'],
  [undefined, 0, 'ok', 'without a proxy'],
])('callers of %s with TRUST_PROXY=%i: %s', (PUBLIC_URL, TRUST_PROXY, state, seen) => {
  const t = translator('en', 'production');
  expect(judgeCallers({ PUBLIC_URL, TRUST_PROXY }, t)).toMatchObject({
    state,
    seen: expect.stringContaining(seen),
  });
});

it('finds the last webhook of many calls without reading them all', async () => {
  const many = await manyCalls();
  try {
    let hours: number | undefined;
    const { whole, rows } = await many.reads(async () => {
      hours = await lastWebhookH(server());
    });
    // It arrived with the last call.
    expect(hours).toBeCloseTo((Date.now() - many.now) / 3_600_000, 1);
    expect(whole).toEqual([]);
    expect(rows).toBeLessThan(100);
  } finally {
    await many.remove();
  }
});
