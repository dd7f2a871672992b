// Who counts as a person, and what they are called.
import { ParticipantKind, type RemoteParticipant, Room } from 'livekit-client';
import { expect, test } from 'vitest';
import { nameOf, presentIn } from '@/components/call/session/presence';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';

test('an Agent Console is not one of the people in a call', () => {
  const room = new Room();
  const join = (identity: string, attributes: Record<string, string>) => {
    const kind = ParticipantKind.STANDARD;
    const one = { identity, name: `${identity}'s name`, attributes, kind, isAgent: false };
    room.remoteParticipants.set(identity, one as unknown as RemoteParticipant);
  };
  join('sam', { [PERSON_ATTRIBUTES.takeover]: 'stay' });
  join('dora', { [PERSON_ATTRIBUTES.agentConsole]: 'yes' });
  expect(presentIn(room).map(({ identity }) => identity)).toEqual(['sam']);
  expect(presentIn(room)[0]).toMatchObject({ kind: 'colleague', name: "sam's name", role: '' });
});

test.each([
  ['caller-x8f3', 'caller-x8f3', ''],
  ['caller-x8f3', '', ''],
  ['caller-x8f3', 'Anna', 'Anna'],
])('an identity is no name: %s with the name "%s"', (identity, name, expected) => {
  expect(nameOf({ identity, name, isAgent: false } as unknown as RemoteParticipant)).toBe(expected);
});
