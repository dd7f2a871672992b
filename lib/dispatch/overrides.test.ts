// Overrides in the metadata of a dispatch, and where they are refused.
import { describe, expect, it, test } from 'vitest';
import { lettaAgent } from '@/lib/core/catalogue';
import { checkedAgent } from '@/lib/dispatch/checks';
import { readOverrides } from '@/lib/dispatch/overrides';
import { keepCall } from '@/lib/dispatch/send-agent';
import { testServer } from '@/lib/testing/server';

const metadata = (overrides: unknown) => JSON.stringify({ overrides });

test.each<[string, unknown]>([
  ['', undefined],
  ['for the project', undefined],
  ['{"language":"de"}', undefined],
  [metadata({}), {}],
  [metadata({ models: ' openai:gpt-5 ', other: 1 }), { models: 'openai:gpt-5' }],
  [
    metadata({ voice: 'slt', instructions: 'Be brief.' }),
    { voice: 'slt', instructions: 'Be brief.' },
  ],
  [metadata({ voice: 1 }), 'invalid'],
  [metadata('loud'), 'invalid'],
  [metadata({ instructions: 'x'.repeat(8_001) }), 'invalid'],
])('%s', (text, expected) => {
  expect(readOverrides(text)).toEqual(expected);
});

test('a replacement keeps the overrides of the agent it replaces', () => {
  const agentName = 'front-desk';
  const earlier = [
    { agentName, metadata: 'mine' },
    { agentName, metadata: metadata({ voice: 'slt' }) },
  ];
  expect(keepCall('{"language":"de"}', agentName, earlier)).toBe(
    '{"language":"de","overrides":{"voice":"slt"}}',
  );
  expect(keepCall(metadata({}), agentName, earlier)).toBe(metadata({}));
  expect(keepCall('mine', agentName, earlier)).toBe('mine');
  expect(keepCall('', agentName, [])).toBe('');
});

describe('a request with overrides', () => {
  const check = (deployment: string, overrides: unknown) => () =>
    checkedAgent(testServer(), {
      agent_name: 'front-desk',
      deployment,
      metadata: metadata(overrides),
    });

  it('is accepted on staging', () => {
    expect(check('staging', { models: 'openai:gpt-5' })).not.toThrow();
  });
  it.each<[string, string, unknown, RegExp]>([
    ['on production', 'production', { voice: 'slt' }, /on production/],
    ['without a deployment', '', { voice: 'slt' }, /on production/],
    ['with a wrong shape', 'staging', { voice: 1 }, /text/],
    ['with an unknown model', 'staging', { models: 'gpt' }, /gpt, which is not valid/],
  ])('is refused %s', (_, deployment, overrides, detail) => {
    expect(check(deployment, overrides)).toThrow(detail);
  });
  it('is refused for an agent of Letta', () => {
    const text = JSON.stringify({ letta: { agent: 'agent-1' }, overrides: { voice: 'slt' } });
    const asked = { agent_name: lettaAgent.name, deployment: 'staging', metadata: text };
    expect(() => checkedAgent(testServer({ LETTA_URL: 'http://letta' }), asked)).toThrow(
      /their own models/,
    );
  });
});
