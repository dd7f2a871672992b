// Why a worker's signature is refused: another secret, another key, another time.
import { expect, it } from 'vitest';
import { signBody } from '@/lib/livekit/worker-auth';
import { whyRefused } from './refused-report';

const own = { LIVEKIT_API_KEY: 'APIown', LIVEKIT_API_SECRET: 's'.repeat(40) };
const signed = (signer: typeof own) => signBody('report', '[]', signer);

it('tells the secret from the key from the clock', async () => {
  const secret = await signed({ ...own, LIVEKIT_API_SECRET: 'x'.repeat(40) });
  expect(await whyRefused(secret, own)).toBe('secret');
  const key = await signed({ ...own, LIVEKIT_API_KEY: 'APIother' });
  expect(await whyRefused(key, own)).toBe('key');
  // What fails though the signature holds can only be its time.
  expect(await whyRefused(await signed(own), own)).toBe('clock');
});

it.each([null, '', 'Basic x', 'Bearer x', 'Bearer a.b.c'])('is silent about %j', async (given) => {
  expect(await whyRefused(given, own)).toBeUndefined();
});
