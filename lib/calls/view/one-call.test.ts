// What callers see of their own calls.
import { expect, test } from 'vitest';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { forCallers } from '@/lib/calls/view/one-call';
import { eventAt, T0, usualCall } from '@/lib/testing/call-events';

test('callers see no stacks, nothing of how the agent works, and no judgements', () => {
  const timeline = foldCall([
    ...usualCall(),
    eventAt('error', 7_000, { where: 'tts', message: 'gone', stack: 'at secret.ts' }),
    eventAt('agent_config', 500, {
      ...{ agent: 'front-desk', deployment: 'production', version: 'v1', tools: ['secret'] },
      instructions: 'You are a secret agent.',
    }),
    eventAt('tagged', 9_000, { agent: 'front-desk', tag: 'secret' }),
    eventAt('evaluation', 9_000, { agent: 'front-desk', name: 'secret', verdict: 'fail' }),
    eventAt('outcome', 9_000, { outcome: 'success', reason: 'secret' }),
    eventAt('spans', 8_000, {
      agent: 'front-desk',
      spans: [{ id: 's1', name: 'secret_node', startedAt: T0, endedAt: T0 + 1 }],
    }),
  ]);
  expect(JSON.stringify(timeline).match(/secret/g)).toHaveLength(7);
  const shown = forCallers(timeline);
  expect(JSON.stringify(shown)).not.toContain('secret');
  expect(shown.marks).toHaveLength(timeline.marks.length - 4);
});
