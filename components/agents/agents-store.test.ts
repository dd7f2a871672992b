import { expect, test } from 'vitest';
import { shownAgents } from '@/lib/core/app-config';
import { readLetta } from '@/lib/dispatch/letta-choice';
import { lettaText } from '@/lib/messages/en/catalogue';
import { callableAgents, isLettaKey } from './agents-store';

test('agents of the catalogue come first and need no metadata', () => {
  const all = callableAgents([{ id: 'agent-1', name: 'Sam', summary: '' }]);
  expect(all.slice(0, -1).map(({ key, metadata }) => [key, metadata])).toEqual(
    shownAgents().map(({ name }) => [name, undefined]),
  );
  expect(all.some(({ key }) => isLettaKey(key))).toBe(true);
});

test('a Letta agent has its own name and key, and is selected by its id', () => {
  const [sam, max] = callableAgents([
    { id: 'agent-1', name: 'Sam', summary: '' },
    { id: 'agent-2', name: 'Sam', summary: 'Knows roses' },
  ]).slice(-2);
  expect(sam).toMatchObject({ name: 'letta', person: 'Sam', summary: lettaText.summary });
  expect(max).toMatchObject({ name: 'letta', person: 'Sam', summary: 'Knows roses' });
  expect(sam?.key).not.toBe(max?.key);
  expect(readLetta(max?.metadata ?? '')).toEqual({ agent: 'agent-2' });
});
