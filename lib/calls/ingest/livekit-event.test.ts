// The roles of those who join, from LiveKit's webhooks.
import { expect, test } from 'vitest';
import type { CallEvent } from '@/lib/calls/event';
import { addLiveKitEvent } from '@/lib/calls/ingest/livekit-event';
import type { CallsServer } from '@/lib/calls/server';
import type { EventPerson } from '@/lib/calls/webhooks/event';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';

/** The event of somebody who joins. */
function joins(kind: EventPerson['kind'], attributes: EventPerson['attributes']) {
  const added: CallEvent[] = [];
  const events = { add: (event: CallEvent) => added.push(event) > 0 };
  const person = { identity: 'dora', name: 'Dora', kind, attributes, why: 'left' as const };
  addLiveKitEvent({ events } as unknown as CallsServer, 'id-1', {
    ...{ name: 'participant_joined', at: 1_000, exactly: 1_200, heard: 1_300 },
    room: { name: 'r1', sid: 'RM_1', metadata: '' },
    person: person as unknown as EventPerson,
  } as Parameters<typeof addLiveKitEvent>[2]);
  return added[0]?.what;
}

test.each([
  ['standard', {}, 'caller'],
  ['connector', {}, 'caller'],
  ['sip', {}, 'phone'],
  ['standard', { [PERSON_ATTRIBUTES.takeover]: 'stay' }, 'colleague'],
  ['standard', { [PERSON_ATTRIBUTES.agentConsole]: 'yes' }, 'other'],
  ['ingress', {}, 'other'],
] as const)('%s with %j is a %s', (kind, attributes, role) => {
  expect(joins(kind, attributes)).toMatchObject({ kind: 'person_joined', identity: 'dora', role });
});
