// The displayed state of an agent: the last reported one, and none after it has left.
import { expect, test } from 'vitest';
import type { CallEvent } from '@/lib/calls/event';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { agentStateOf } from '@/lib/calls/view/live-calls';
import { sampleCall } from '@/lib/testing/calls';

const fold = (events: readonly CallEvent[]) =>
  foldCall(events.map((event) => ({ ...event, arrivedAt: event.at })));
const on = sampleCall(1, 1_000_000, { agent: 0, turns: 1, ending: 'on' });
const upTo = (kind: string) => on.slice(0, on.findIndex(({ what }) => what.kind === kind) + 1);

test.each([
  ['before it joins', upTo('dispatched'), undefined],
  ['before it reports a state', upTo('agent_joined'), undefined],
  ['as last reported', on, 'speaking'],
  ['after it left', sampleCall(2, 1_000_000, { agent: 0, turns: 1, ending: 'agent' }), undefined],
])('%s', (_, events, state) => {
  expect(agentStateOf(fold(events))).toBe(state);
});
