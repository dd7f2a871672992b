import { expect, test } from 'vitest';
import { deadWorkers } from './orphans';

const left = (why: string) =>
  ({ kind: 'agent_left', agent: 'line-check', identity: 'line-check-AJ_1', why }) as const;

test('a job whose worker died tells of it; one that leaves for another reason does not', () => {
  expect(
    deadWorkers([
      { source: 'worker:w-1-abcd', what: left('orphaned') },
      { source: 'worker:w-2-abcd', what: left('goodbye') },
      { source: 'livekit', what: left('orphaned') },
      { source: 'livekit', what: { ...left('orphaned'), worker: 'w-4-abcd' } },
      { source: 'livekit', what: { ...left('goodbye'), worker: 'w-5-abcd' } },
      { source: 'worker:w-3-abcd', what: { kind: 'room_finished' } },
    ]),
  ).toEqual(['w-1-abcd', 'w-4-abcd']);
});
