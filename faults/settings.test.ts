// Settings that cannot work: each part says so at its start, in words, instead of trying for ever.
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { fault } from './support/fault';
import { Part } from './support/part';
import { within } from './support/until';

let server: TestLiveKitServer;
let worker: Part | undefined;

beforeAll(async () => {
  server = await startLiveKitServer();
}, 30_000);
afterEach(() => worker?.end());
afterAll(() => server?.stop());

fault('18 · the name of a deployment cannot be one', async (begins) => {
  const over = begins();
  worker = Part.start('agent', { ...server.env, LIVEKIT_AGENT_DEPLOYMENT: 'a_b' });
  expect(await worker.ended).toBe(1);
  over();
  expect(worker.said).toContain('LIVEKIT_AGENT_DEPLOYMENT must be empty (production) or');
});

fault('17 · the worker has another API secret than the server', async (begins) => {
  const secret = randomBytes(32).toString('base64url');
  worker = Part.start('agent', { ...server.env, LIVEKIT_API_SECRET: secret });
  await within(20_000, () => worker?.said).toMatch(/401/);
  const over = begins();
  await within(5_000, () => worker?.said).toContain('the key or the secret is wrong');
  over();
  expect(worker.said).not.toContain(secret);
});
