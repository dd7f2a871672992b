// How a call was judged, and which versions talked.
import { expect, test } from 'vitest';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { judgementIn, versionsIn } from '@/lib/calls/view/facts';
import { eventAt, usualCall } from '@/lib/testing/call-events';

const agent = 'front-desk';
const marksOf = (...events: Parameters<typeof foldCall>[0]) =>
  foldCall([...usualCall(), ...events]).marks;

test('the reason of the outcome, each tag once, and the last evaluation of each name', () => {
  const marks = marksOf(
    eventAt('outcome', 7_000, { outcome: 'success', reason: 'Booked on Tuesday' }),
    eventAt('outcome', 6_500, { outcome: 'fail', reason: 'No time was free' }),
    eventAt('tagged', 7_100, { agent, tag: 'new patient' }),
    eventAt('tagged', 7_200, { agent, tag: 'new patient' }),
    eventAt('evaluation', 7_300, { agent, name: 'polite', verdict: 'fail' }),
    eventAt('evaluation', 7_400, { agent, name: 'correct', verdict: 'maybe' }),
    eventAt('evaluation', 7_500, { agent, name: 'polite', verdict: 'pass', reason: 'It was.' }),
  );
  const { evaluations, ...others } = judgementIn(marks, 'success');
  expect(others).toEqual({ reason: 'Booked on Tuesday', tags: ['new patient'] });
  expect(evaluations.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
    'polite pass',
    'correct maybe',
  ]);
  expect(judgementIn(marks, 'appointment').reason).toBeUndefined();
});

test('a call without judgements has none', () => {
  expect(judgementIn(marksOf(), 'appointment')).toEqual({
    ...{ reason: undefined, tags: [], evaluations: [] },
  });
  expect(versionsIn(marksOf())).toEqual([]);
});

test('each version once, with what it reported last', () => {
  const version = { agent, deployment: 'staging', version: 'v1' };
  const marks = marksOf(
    eventAt('agent_config', 500, { ...version, tools: [] }),
    eventAt('agent_config', 600, { ...version, tools: ['book'] }),
    eventAt('agent_config', 700, { ...version, version: 'v2', tools: [] }),
  );
  expect(versionsIn(marks).map((one) => `${one.version} ${one.tools}`)).toEqual(['v1 book', 'v2 ']);
});
