import { expect, it } from 'vitest';
import { agentPart } from './parts.mjs';

it("keeps LiveKit's library from writing debug lines in every call", () => {
  const { env } = agentPart({ env: { LOG_LEVEL: 'warn' }, shown: 'staging', wire: 'staging' });
  // It reads nothing else: `dist/log.cjs` of @livekit/rtc-node.
  expect(env.NODE_ENV).toBe('production');
});
