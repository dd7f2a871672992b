// Who counts as a person.
import { ParticipantKind, type RemoteParticipant, Room } from 'livekit-client';
import { expect, test } from 'vitest';
import { presentIn } from '@/components/call/session/presence';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';

test('an Agent Console is not one of the people in a call', () => {
  const room = new Room();
  const join = (identity: string, attributes: Record<string, string>) => {
    const kind = ParticipantKind.STANDARD;
    const one = { identity, name: identity, attributes, kind, isAgent: false };
    room.remoteParticipants.set(identity, one as unknown as RemoteParticipant);
  };
  join('sam', { [PERSON_ATTRIBUTES.takeover]: 'stay' });
  join('dora', { [PERSON_ATTRIBUTES.agentConsole]: 'yes' });
  expect(presentIn(room).map(({ identity }) => identity)).toEqual(['sam']);
  expect(presentIn(room)[0]).toMatchObject({ kind: 'colleague', name: 'sam', role: '' });
});
