import { dispose, Room } from '@livekit/rtc-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '@/lib/core/problem';
import { planToken } from '@/lib/dispatch/token-plan';
import { mintToken } from '@/lib/dispatch/tokens';
import { liveKit } from '@/lib/livekit/clients';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { testServer } from '@/lib/testing/server';
import { requireFreeIdentity } from '@/lib/token/grant-token';

let server: TestLiveKitServer;
const alice = new Room();

beforeAll(async () => {
  server = await startLiveKitServer();
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = server.env;
  const plan = planToken(testServer(), { room_name: 'lobby', participant_identity: 'alice' });
  await alice.connect(LIVEKIT_URL, await mintToken(plan, LIVEKIT_API_KEY, LIVEKIT_API_SECRET));
});

afterAll(async () => {
  await alice.disconnect();
  await dispose();
  await server.stop();
});

/** The problem's kind, its retry-after header, and the elapsed milliseconds. */
async function outcome(env: TestLiveKitServer['env'], room: string, identity: string) {
  const began = performance.now();
  const problem: Problem | undefined = await requireFreeIdentity(liveKit(env), room, identity).then(
    () => undefined,
    (error) => error,
  );
  return { kind: problem?.kind, problem, ms: performance.now() - began };
}

describe('requireFreeIdentity', () => {
  it('refuses the identity of a participant, in that room only', async () => {
    expect((await outcome(server.env, 'lobby', 'alice')).kind).toBe('identity-taken');
    expect((await outcome(server.env, 'lobby', 'Alice')).kind).toBeUndefined();
    expect(alice.isConnected).toBe(true);
  });

  it('accepts any identity for a room that does not exist, without delay', async () => {
    const { kind, ms } = await outcome(server.env, 'elsewhere', 'alice');
    expect(kind).toBeUndefined();
    expect(ms).toBeLessThan(2_500);
  });

  it('reports a server that refuses the key or cannot be reached', async () => {
    const other = { ...server.env, LIVEKIT_API_SECRET: 'x'.repeat(32) };
    const refused = await outcome(other, 'lobby', 'alice');
    expect(refused.kind).toBe('livekit-unavailable');
    expect(refused.problem?.detail).toContain('returned 401');
    // Nothing listens on port 9 (discard) here.
    const nowhere = { ...server.env, LIVEKIT_URL: 'ws://127.0.0.1:9' };
    const unreachable = await outcome(nowhere, 'lobby', 'alice');
    expect(unreachable.kind).toBe('livekit-unavailable');
    expect(unreachable.problem?.headers).toEqual({ 'retry-after': '5' });
  });
});
