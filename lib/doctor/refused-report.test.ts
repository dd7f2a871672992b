// Why a worker's signature is refused: another secret, another key, another time.
import { expect, it } from 'vitest';
import { signBody } from '@/lib/livekit/worker-auth';
import { refusalReason } from './refused-report';

const own = { LIVEKIT_API_KEY: 'APIown', LIVEKIT_API_SECRET: 's'.repeat(40) };
const signed = (signer: typeof own) => signBody('report', '[]', signer);

it('distinguishes the secret, the key and the clock', async () => {
  const secret = await signed({ ...own, LIVEKIT_API_SECRET: 'x'.repeat(40) });
  expect(await refusalReason(secret, own)).toBe('secret');
  const key = await signed({ ...own, LIVEKIT_API_KEY: 'APIother' });
  expect(await refusalReason(key, own)).toBe('key');
  // A valid signature can only fail because of its time.
  expect(await refusalReason(await signed(own), own)).toBe('clock');
});

it.each([null, '', 'Basic x', 'Bearer x', 'Bearer a.b.c'])('is silent about %j', async (given) => {
  expect(await refusalReason(given, own)).toBeUndefined();
});
