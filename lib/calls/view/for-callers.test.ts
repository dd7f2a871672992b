// What callers see of their own calls.
import { expect, test } from 'vitest';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { timelineForCallers } from '@/lib/calls/view/for-callers';
import { recordingsOf } from '@/lib/calls/view/recordings';
import { eventAt, T0, usualCall } from '@/lib/testing/call-events';

test('callers get the transcript, outcome, times and recording of their call, and nothing else', () => {
  const of = { file: 'c1/a.ogg', startedAt: T0 + 500, channels: 2 };
  const timeline = foldCall([
    ...usualCall(),
    eventAt('error', 7_000, { where: 'tts', message: 'secret', stack: 'at secret.ts' }),
    eventAt('agent_config', 500, {
      ...{ agent: 'front-desk', deployment: 'production', version: 'secret', tools: ['secret'] },
      instructions: 'You are a secret agent.',
    }),
    eventAt('tagged', 9_000, { agent: 'front-desk', tag: 'secret' }),
    eventAt('usage', 9_000, {
      ...{ agent: 'front-desk', deployment: 'production' },
      models: [{ type: 'llm', provider: 'secret', model: 'secret' }],
    }),
    eventAt('recording', 9_100, { ...of, endedAt: T0 + 9_000, location: 's3://secret/a.ogg' }),
  ]);
  expect(timeline.call).toMatchObject({ errors: 1, version: 'secret', toolCalls: 1 });
  const shown = timelineForCallers(timeline);
  const { call, stages, marks, clocks } = shown;
  expect(JSON.stringify(shown)).not.toMatch(/secret|w1|find_/);
  expect([stages, clocks]).toEqual([[], []]);
  expect(marks.map((mark) => (mark.kind === 'event' ? mark.what.kind : mark.kind))).toEqual([
    ...['turn', 'turn', 'turn'],
    'recording',
  ]);
  expect(marks.flatMap((mark) => (mark.kind === 'turn' ? [mark.latency] : []))).toEqual([
    ...[{}, {}, {}],
  ]);
  expect(recordingsOf(shown)).toMatchObject([{ file: 'c1/a.ogg', location: undefined }]);
  const { outcome, topic, requestedAt, endedAt } = timeline.call;
  expect(call).toMatchObject({ outcome, topic, requestedAt, endedAt, errors: 0, answerMs: [] });
});
