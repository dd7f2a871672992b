// Requests for a Letta agent: by the common agent name, with its ID in the metadata.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { currentAgents } from '@/lib/agents/status';
import { parseConfig } from '@/lib/core/config';
import { checkedAgent } from '@/lib/dispatch/checks';
import { writeLetta } from '@/lib/dispatch/letta-choice';
import { planToken } from '@/lib/dispatch/token-plan';
import { testServer } from '@/lib/testing/server';

const metadata = writeLetta({ agent: 'agent-1' });
const asked = (given: string) => () =>
  checkedAgent(testServer(), { agent_name: 'letta', metadata: given });
const agents = () => currentAgents(testServer()).map(({ name }) => name);

afterEach(() => vi.unstubAllEnvs());

test('does not exist without a Letta server', () => {
  vi.stubEnv('LETTA_URL', '');
  expect(asked(metadata)).toThrow(expect.objectContaining({ kind: 'unknown-agent' }));
  expect(agents()).not.toContain('letta');
});

describe('with a Letta server', () => {
  beforeEach(() => void vi.stubEnv('LETTA_URL', 'http://127.0.0.1:8283'));

  test('is listed, has its own model settings, and is granted with its choice', () => {
    expect(agents()).toContain('letta');
    const request = { room_config: { agents: [{ agent_name: 'letta', metadata }] } };
    expect(planToken(testServer(), request).agent).toMatchObject({ name: 'letta', metadata });
    const config = parseConfig({
      LIVEKIT_URL: 'ws://127.0.0.1:7880',
      LIVEKIT_API_KEY: 'key',
      LIVEKIT_API_SECRET: 'a-secret-that-is-long-enough-for-a-server',
      LETTA_URL: 'http://127.0.0.1:8283',
    });
    expect(Object.keys(config.agentModels)).toContain('letta');
  });

  test('is refused without a choice, with an example', () => {
    expect(asked('')).toThrow(/"letta":\{"agent":"agent-/);
    expect(asked('{"callboard":{"kind":"callback"}}')).not.toThrow();
  });
});
