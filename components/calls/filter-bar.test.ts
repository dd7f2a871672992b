import { expect, test } from 'vitest';
import { filterAgents } from '@/components/calls/filter-bar';
import { testAgents } from '@/lib/testing/agents';

const list = testAgents({ LETTA_URL: 'http://localhost:8283' });

test.each<[string, string[], unknown[]]>([
  ['no calls: the list', [], []],
  ['an agent of the list', ['letta', 'front-desk', 'letta'], []],
  [
    'an agent that was removed, or is of another app',
    ['their-agent', ''],
    [{ name: 'their-agent' }],
  ],
])('%s', (_, called, others) => {
  expect(filterAgents(list, called)).toEqual([...list, ...others]);
});
