// The production checklist's judgement of settings. calls/store/many-calls.test.ts has what it reads.
import { expect, it } from 'vitest';
import { judgeCallers } from '@/lib/doctor/production-checklist';
import { translator } from '@/lib/messages/messages';

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
