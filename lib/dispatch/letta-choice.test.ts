import { describe, expect, test } from 'vitest';
import { readLetta, writeLetta } from '@/lib/dispatch/letta-choice';
import { keepCall } from '@/lib/dispatch/send-agent';

const agent = 'agent-123e4567-e89b-42d3-8456-426614174000';
const other = 'agent-00000000-0000-4000-8000-000000000000';

test('reads a choice as it was written, and keeps other fields', () => {
  const metadata = writeLetta({ agent, name: 'Sam' }, '{"mine":1,"callboard":{"kind":"callback"}}');
  expect(readLetta(metadata)).toEqual({ agent, name: 'Sam' });
  expect(JSON.parse(metadata)).toMatchObject({ mine: 1, callboard: { kind: 'callback' } });
  expect(readLetta(writeLetta({ agent }, 'no JSON'))).toEqual({ agent });
  // A list is not an object, so it is replaced like other text.
  expect(JSON.parse(writeLetta({ agent }, '["mine"]'))).toEqual({ letta: { agent } });
  expect(readLetta(writeLetta({ agent, name: 'x'.repeat(500) }))?.name).toHaveLength(100);
});

test.each([
  '',
  'text',
  'null',
  '{}',
  '{"letta":{"agent":"sam"}}',
  '{"letta":{"agent":"agent-/x"}}',
])('no choice: %s', (metadata) => expect(readLetta(metadata)).toBeUndefined());

describe('another dispatch into the same room', () => {
  const resume = '{"callboard":{"kind":"callback"}}';
  const agentName = 'letta';
  const earlier = [
    { agentName, metadata: '' },
    { agentName, metadata: writeLetta({ agent, name: 'Sam' }) },
  ];
  const keepLetta = (metadata: string, before = earlier) => keepCall(metadata, agentName, before);

  test('inherits the choice', () => {
    const metadata = keepLetta(resume);
    expect(readLetta(metadata)).toEqual({ agent, name: 'Sam' });
    expect(JSON.parse(metadata)).toMatchObject(JSON.parse(resume));
  });

  test('keeps its own choice, and has none if none was made', () => {
    expect(readLetta(keepLetta(writeLetta({ agent: other })))).toEqual({ agent: other });
    expect(keepLetta('mine', [])).toBe('mine');
  });
});
