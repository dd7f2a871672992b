// The names of who is in a call: never an identity that a program has generated.
import { expect, test } from 'vitest';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { namesIn } from '@/lib/calls/view/speakers';
import { translator } from '@/lib/messages/messages';
import { eventAt } from '@/lib/testing/call-events';
import { sampleCall } from '@/lib/testing/calls';

const t = translator('en', 'callDetails');
const nameOf = (agent: string) => ({ 'front-desk': 'Ada', billing: 'Frank' })[agent] ?? agent;

test('people who joined have their names, and agents those of their person', () => {
  const events = sampleCall(3, 1_000, { agent: 0, turns: 5, others: true, ending: 'caller' });
  const { called } = namesIn(
    foldCall(events.map((event) => ({ ...event, arrivedAt: event.at }))),
    t,
    nameOf,
  );
  expect([called('person-3'), called('agent-3')]).toEqual(['Sam', 'Ada']);
});

test('without a name, it is said who they are', () => {
  const identity = 'caller-x8fK2';
  const on = { agent: 'front-desk', deployment: 'production' };
  const unnamed = [
    eventAt('requested', 0, { origin: 'page', ...on, identity }),
    eventAt('person_joined', 100, { identity, name: '', role: 'caller' }),
    eventAt('person_joined', 200, { identity: 'colleague-9', name: '', role: 'colleague' }),
    eventAt('person_joined', 300, { identity: 'bob', name: '', role: 'other' }),
  ];
  const { called, speaker } = namesIn(foldCall(unnamed), t, nameOf);
  expect([identity, 'colleague-9', 'bob', 'agent-AJ_1', 'caller-else'].map(called)).toEqual([
    ...['Caller', 'Colleague', 'bob', 'Agent', 'Caller'],
  ]);
  const said = [
    { speaker: 'caller', by: identity },
    { speaker: 'caller', by: '' },
    { speaker: 'agent', by: 'agent-AJ_1' },
    { speaker: 'agent', by: 'billing' },
    { speaker: 'person', by: 'colleague-9' },
    { speaker: 'person', by: 'Sam' },
  ] as const;
  expect(said.map(speaker)).toEqual(['Caller', 'Caller', 'Agent', 'Frank', 'Colleague', 'Sam']);

  const named = foldCall([
    ...unnamed,
    eventAt('outcome', 900, { outcome: 'appointment', caller: 'Jane Miller' }),
  ]);
  const after = namesIn(named, t, nameOf);
  expect([after.called(identity), after.speaker(said[0])]).toEqual(['Jane Miller', 'Jane Miller']);
});
