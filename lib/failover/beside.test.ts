// Two agents of one name in a room, of which one goes: the other one is watched, and none is missing.
import { describe, expect, test } from 'vitest';
import type { Happening } from '@/lib/calls/event';
import { BACK_MS, needs } from './needs';
import { emptyRoom, loseAgent, reconciled, seen, type WatchedRoom } from './watched-room';

const AGENT = { agent: 'front-desk', deployment: 'production' };
const T0 = 1_000_000;
const joined = (identity: string, worker: string): Happening => ({
  kind: 'agent_joined',
  identity,
  ...AGENT,
  worker,
});
const left = (identity: string, why: string): Happening => ({
  ...{ kind: 'agent_left', identity, why },
  agent: AGENT.agent,
});

function told(room: WatchedRoom, ...happened: readonly Happening[]): WatchedRoom {
  return happened.reduce((before, what, index) => {
    const at = T0 + index;
    const base = { id: `e${index}`, call: 'c1', room: 'r1', roomSid: 'RM_1', source: 'livekit' };
    return seen(before, { ...base, at, arrivedAt: at, what }) ?? before;
  }, room);
}

const both = (first: string, then: string) =>
  told(
    emptyRoom('c1'),
    { kind: 'room_started' },
    { kind: 'person_joined', identity: 'anna', name: '', role: 'caller' },
    joined(first, 'w-1'),
    joined(then, 'w-2'),
  );
const watched = (room: WatchedRoom) => {
  const { identity, progress } = room.agents.get('front-desk') ?? {};
  return [identity, progress?.phase];
};

describe.each([
  ['the one that came first', 'ada-1', 'ada-2'],
  ['the one that came last', 'ada-2', 'ada-1'],
])('%s goes', (_, goes, stays) => {
  test.each(['outdone', 'CLIENT_INITIATED', 'CONNECTION_TIMEOUT'])('with the word %s', (why) => {
    const room = told(both('ada-1', 'ada-2'), left(goes, why));
    expect(watched(room)).toEqual([stays, 'here']);
    expect(needs(room, T0 + BACK_MS)).toEqual([]);
    expect(watched(told(room, left(stays, 'CONNECTION_TIMEOUT')))).toEqual([stays, 'lost']);
  });

  test('as its process has died, or LiveKit no longer has it', () => {
    const died = loseAgent(both('ada-1', 'ada-2'), goes, 'its process has died', T0);
    expect(watched(died)).toEqual([stays, 'here']);
    const absent = reconciled(both('ada-1', 'ada-2'), new Set(['anna', stays]), T0);
    expect(watched(absent)).toEqual([stays, 'here']);
  });
});

test('where both are gone, one is missing', () => {
  const room = reconciled(both('ada-1', 'ada-2'), new Set(['anna']), T0);
  expect(watched(room)[1]).toBe('lost');
});
