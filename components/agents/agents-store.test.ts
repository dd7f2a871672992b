import { expect, test } from 'vitest';
import {
  callableAgents,
  isLettaKey,
  LETTA_SUMMARY,
  type Light,
  lightOf,
} from '@/components/agents/agents-store';
import type { ListedAgent } from '@/lib/agents/agent';
import type { AgentStatus } from '@/lib/agents/answers';
import { readLetta } from '@/lib/dispatch/letta-choice';
import { testAgents } from '@/lib/testing/agents';

const withLetta = testAgents({ LETTA_URL: 'http://localhost:8283' });
const added: ListedAgent = {
  ...{ name: 'mine', person: 'Mine', role: '', summary: '', deployments: ['staging'] },
  ...{ source: 'team', public: false },
};

test('agents of the list come first and need no metadata', () => {
  const all = callableAgents([...withLetta, added], [{ id: 'agent-1', name: 'Sam', summary: '' }]);
  expect(all.slice(0, -1).map(({ key, metadata }) => [key, metadata])).toEqual(
    [...testAgents(), added].map(({ name }) => [name, undefined]),
  );
  expect(all.some(({ key }) => isLettaKey(key))).toBe(true);
});

test('without a Letta server, or any agent, none is assumed', () => {
  const sam = { id: 'agent-1', name: 'Sam', summary: '' };
  expect(callableAgents([added], [sam])).toEqual([{ ...added, key: 'mine' }]);
  expect(callableAgents([], [])).toEqual([]);
  const staging = { ...added, deployments: [] as unknown as ListedAgent['deployments'] };
  expect(callableAgents([staging], [])).toEqual([]);
});

test('a Letta agent has its own name and key, and is selected by its id', () => {
  const [sam, max] = callableAgents(withLetta, [
    { id: 'agent-1', name: 'Sam', summary: '' },
    { id: 'agent-2', name: 'Sam', summary: 'Knows roses' },
  ]).slice(-2);
  expect(sam).toMatchObject({ name: 'letta', person: 'Sam', summary: LETTA_SUMMARY });
  expect(max).toMatchObject({ name: 'letta', person: 'Sam', summary: 'Knows roses' });
  expect(sam?.key).not.toBe(max?.key);
  expect(readLetta(max?.metadata ?? '')).toEqual({ agent: 'agent-2' });
});

test.each<[Light, object]>([
  ['live', { live: true, reports: true, activeJobs: 1, maxJobs: 2 }],
  ['busy', { live: true, reports: true, activeJobs: 2, maxJobs: 2 }],
  ['off', { live: false, reports: true }],
  ['unreported', { live: false, reports: false }],
])('the light is %s', (light, status) => {
  const agents = [{ name: 'mine', deployments: [{ name: 'staging', ...status }] }];
  const known = { state: 'known', agents: agents as unknown as AgentStatus[] } as const;
  expect(lightOf(known, 'mine', 'staging')).toBe(light);
  expect(lightOf(known, 'mine', 'production')).toBe('off');
  // Whatever the workers report.
  expect(lightOf({ ...known, state: 'silent' }, 'mine', 'staging')).toBe('unknown');
});
