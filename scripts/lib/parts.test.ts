import { expect, it } from 'vitest';
import { agentPart } from '@/scripts/lib/parts';

it("prevents debug output of LiveKit's library in every call", () => {
  const { env } = agentPart({ LOG_LEVEL: 'warn' }, 'staging');
  // It reads no other variable: `dist/log.cjs` of @livekit/rtc-node.
  expect(env.NODE_ENV).toBe('production');
});
