// Conversion of field names for the HTTP API and back.
import { expect, test } from 'vitest';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { fromWire, toWire } from '@/lib/core/snake-case';
import { sampleCall } from '@/lib/testing/calls';

test('names of outcomes stay as agents declare them', () => {
  const stats = { endedBy: { caller: 3 }, outcomes: { wake_up: 1, wakeUp: 2 } };
  const sent = { ended_by: { caller: 3 }, outcomes: stats.outcomes };
  expect(toWire(stats)).toEqual(sent);
  expect(fromWire(sent)).toEqual(stats);
});

test('a whole call survives the conversion there and back', () => {
  const events = sampleCall(5, 1_000_000, { others: true, turns: 5, ending: 'failed' });
  const timeline = foldCall(events.map((event) => ({ ...event, arrivedAt: event.at })));
  const sent = JSON.parse(JSON.stringify(toWire(timeline)));
  expect(sent.call).toHaveProperty('requested_at', 1_000_000);
  expect(JSON.stringify(sent)).not.toMatch(/"[a-z]+[A-Z]\w*":/);
  expect(fromWire(sent)).toEqual(JSON.parse(JSON.stringify(timeline)));
});
