import { expect, test } from 'vitest';
import { foundAgents } from '@/components/agents/found-agents';

const calls = (agent: string, deployment: string) => ({ agent, deployment });

test('agents that were in calls or report, and that are not in the list, with their deployments', () => {
  const listed = [{ name: 'front-desk' }];
  const stats = [calls('front-desk', 'canary'), calls('theirs', 'staging'), calls('theirs', '')];
  const reporting = [
    { name: 'theirs', deployments: ['staging', 'canary'] },
    { name: 'quiet', deployments: ['production'] },
    // It was added since.
    { name: 'front-desk', deployments: ['production'] },
  ];
  expect(foundAgents(listed, stats, reporting)).toEqual([
    { name: 'theirs', deployments: ['staging', '', 'canary'] },
    { name: 'quiet', deployments: ['production'] },
  ]);
});
