// Who counts as a person to talk to and who as a colleague, with one of them on the telephone.
import { EventEmitter } from 'node:events';
import { ParticipantKind, type Room, RoomEvent } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import {
  callerIdIn,
  callerOf,
  peopleIn,
  waitForPerson,
  watchForColleague,
} from '@/agent/core/people';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';

const { STANDARD, SIP } = ParticipantKind;

/** A room whose participants join and leave by hand. */
function room() {
  const remoteParticipants = new Map<string, object>();
  const made = Object.assign(new EventEmitter(), { remoteParticipants, isConnected: true });
  const seen: string[] = [];
  const watch = () =>
    watchForColleague(made as unknown as Room, {
      came: (mode) => seen.push(mode),
      alone: () => seen.push('alone'),
    });
  return {
    room: made as unknown as Room,
    seen,
    watch,
    come(identity: string, kind: ParticipantKind, attributes: Record<string, string> = {}) {
      const person = { identity, kind, attributes };
      remoteParticipants.set(identity, person);
      made.emit(RoomEvent.ParticipantConnected, person);
    },
    change(identity: string, attributes: Record<string, string>) {
      const person = { ...remoteParticipants.get(identity), attributes };
      remoteParticipants.set(identity, person);
      made.emit(RoomEvent.ParticipantAttributesChanged, attributes, person);
    },
    go(identity: string) {
      const person = remoteParticipants.get(identity);
      remoteParticipants.delete(identity);
      made.emit(RoomEvent.ParticipantDisconnected, person);
    },
  };
}

test('a caller is identified by what this server knows, never by what their client claims', async () => {
  const claims = { [PERSON_ATTRIBUTES.caller]: 'sip_+49301234567' };
  const { room: own, come } = room();
  come('sip_+49301234567', STANDARD, claims);
  const call = () => 'c-1';
  expect(await callerIdIn(own, undefined, call)).toBe('identity:sip_+49301234567');
  expect(await callerIdIn(own, 'browser:b-1', call)).toBe('browser:b-1');
});

test.each<[string, ParticipantKind]>([
  ['sip_anonymous', SIP],
  ['sip_', SIP],
  ['user', STANDARD],
])('callers who are all called %j have no memory in common', async (identity, kind) => {
  const ids = ['c-1', 'c-2'].map((call) => {
    const { room: own, come } = room();
    come(identity, kind);
    return callerIdIn(own, undefined, () => call);
  });
  expect(await Promise.all(ids)).toEqual(['call:c-1', 'call:c-2']);
});

test('a telephone counts as a person once it is picked up', async () => {
  const { room: own, come, change } = room();
  come('sip_101', SIP, { 'sip.callStatus': 'dialing' });
  expect(peopleIn(own)).toEqual([]);
  const caller = callerIdIn(own, undefined, () => undefined);
  change('sip_101', { 'sip.callStatus': 'ringing' });
  expect(callerOf(own)).toBeUndefined();
  change('sip_101', { 'sip.callStatus': 'active' });
  expect(await caller).toBe('sip:sip_101');
  expect(peopleIn(own)).toHaveLength(1);
});

test('nobody joined if a telephone rang until the call ended', async () => {
  const { room: own, come, change } = room();
  come('phone', SIP, { 'sip.callStatus': 'ringing' });
  const never = new Promise<void>(() => undefined);
  expect(await waitForPerson(own, Promise.resolve())).toBe(false);
  const came = waitForPerson(own, never);
  change('phone', { 'sip.callStatus': 'active' });
  expect(await came).toBe(true);
  // A person who is already present is not missed when the call ends at the same moment.
  expect(await waitForPerson(own, Promise.resolve())).toBe(true);
});

test('a telephone caller is the caller, even next to one in a browser', () => {
  const one = room();
  one.watch();
  one.come('phone', SIP, { 'sip.callStatus': 'active' });
  expect(one.seen).toEqual([]);
  const two = room();
  two.watch();
  two.come('anna', STANDARD);
  two.come('phone', SIP, { 'sip.callStatus': 'active' });
  expect(two.seen).toEqual([]);
  expect(callerOf(two.room)?.identity).toBe('anna');
});

test('a colleague takes over from an agent that talks to a telephone, and returns the call', () => {
  const { seen, watch, come, go } = room();
  come('phone', SIP, { 'sip.callStatus': 'active' });
  watch();
  come('tom', STANDARD, { [PERSON_ATTRIBUTES.takeover]: 'stay' });
  expect(seen).toEqual(['stay']);
  go('tom');
  expect(seen).toEqual(['stay', 'alone']);
});

test('with a caller in a browser nothing changes', () => {
  const { seen, watch, come, go } = room();
  come('anna', STANDARD);
  watch();
  come('tom', STANDARD, { [PERSON_ATTRIBUTES.takeover]: 'stay' });
  come('phone', SIP, { 'sip.callStatus': 'active' });
  go('tom');
  expect(seen).toEqual(['stay', 'alone']);
});
