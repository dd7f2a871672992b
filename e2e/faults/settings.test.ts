// Invalid settings: each part reports them when it starts instead of retrying forever.
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Part } from '@/e2e/faults/support/parts';
import { soon } from '@/e2e/faults/support/poll';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';

let server: TestLiveKitServer;
let worker: Part | undefined;

beforeAll(async () => {
  server = await startLiveKitServer();
});
afterEach(() => worker?.end());
afterAll(() => server?.stop());

test('an invalid deployment name: the worker refuses to start and names the rule', async () => {
  worker = Part.start('agent', { ...server.env, LIVEKIT_AGENT_DEPLOYMENT: 'a_b' });
  expect(await worker.ended).toBe(1);
  expect(worker.said).toContain('LIVEKIT_AGENT_DEPLOYMENT must be empty (production) or');
});

test('a wrong API secret: the worker reports it', async () => {
  const secret = randomBytes(32).toString('base64url');
  worker = Part.start('agent', { ...server.env, LIVEKIT_API_SECRET: secret });
  await soon(() => worker?.said).toMatch(/401/);
  await soon(() => worker?.said).toContain('the key or the secret is wrong');
  expect(worker.said).not.toContain(secret);
});
