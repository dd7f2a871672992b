// An agent of Letta is asked for as any other: by the agent name of all of them, and its id beside it.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseConfig } from '@/lib/core/config';
import { checkedAgent } from '@/lib/dispatch/checks';
import { writeLetta } from '@/lib/dispatch/letta-choice';
import { planToken } from '@/lib/dispatch/token-plan';
import { currentAgents } from '@/lib/livekit/workers';

const metadata = writeLetta({ agent: 'agent-1' });
const asked = (given: string) => () => checkedAgent({ agent: 'letta', metadata: given });
const agents = () => currentAgents().map(({ name }) => name);

afterEach(() => vi.unstubAllEnvs());

test('without a Letta server there is no such agent', () => {
  vi.stubEnv('LETTA_URL', '');
  expect(asked(metadata)).toThrow(expect.objectContaining({ kind: 'unknown-agent' }));
  expect(agents()).not.toContain('letta');
});

describe('with one', () => {
  beforeEach(() => void vi.stubEnv('LETTA_URL', 'http://127.0.0.1:8283'));

  test('it is listed, has minds of its own settings, and is granted with its choice', () => {
    expect(agents()).toContain('letta');
    const request = { room_config: { agents: [{ agent_name: 'letta', metadata }] } };
    expect(planToken(request).agent).toMatchObject({ name: 'letta', metadata });
    const config = parseConfig({
      LIVEKIT_URL: 'ws://127.0.0.1:7880',
      LIVEKIT_API_KEY: 'key',
      LIVEKIT_API_SECRET: 'a-secret-that-is-long-enough-for-a-server',
      LETTA_URL: 'http://127.0.0.1:8283',
    });
    expect(Object.keys(config.minds)).toContain('letta');
  });

  test('without a choice it is refused in words that tell how to make one', () => {
    expect(asked('')).toThrow(/"letta":\{"agent":"agent-/);
    expect(asked('{"callboard":{"kind":"callback"}}')).not.toThrow();
  });
});
