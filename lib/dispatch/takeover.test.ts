// A colleague joins agents of other workers: events that are late, repeated, or about somebody who has left again.

import { ParticipantInfo_Kind } from '@livekit/protocol';
import { expect, test } from 'vitest';

import type { EventWriter } from '@/lib/calls/delivery/event-writer';
import type { CallEvent, EventData } from '@/lib/calls/event';
import type { RoomEvent } from '@/lib/calls/webhooks/event';
import { liveFacts } from '@/lib/dispatch/room-facts';
import { applyTakeover } from '@/lib/dispatch/takeover';
import { AGENT_ATTRIBUTES, PERSON_ATTRIBUTES, type Takeover } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { testServer } from '@/lib/testing/server';

const ROOM = { name: 'r', sid: 'RM_1', metadata: '' };
const JOINED = 10_000;

const agent = (identity: string, joinedAtMs: number, attributes = {}) => ({
  ...{
    identity,
    sid: `PA_${identity}`,
    kind: ParticipantInfo_Kind.AGENT,
    joinedAtMs: BigInt(joinedAtMs),
  },
  ...{ attributes: { 'lk.agent_name': 'mine', ...attributes } as Record<string, string> },
  permission: { canSubscribe: true, hidden: false },
});
const colleague = (takeover: Takeover) => ({
  ...{
    identity: 'ben',
    sid: 'PA_ben',
    kind: ParticipantInfo_Kind.STANDARD,
    joinedAtMs: BigInt(JOINED),
  },
  ...{ attributes: { [PERSON_ATTRIBUTES.takeover]: takeover }, permission: undefined },
});

/** A process whose LiveKit lists these people. */
function setUp(...people: (ReturnType<typeof agent> | ReturnType<typeof colleague>)[]) {
  const events: EventData[] = [];
  const deleted: string[] = [];
  const there = new Map(people.map((one) => [one.identity, one]));
  const livekit = {
    rooms: {
      listRooms: async () => [ROOM],
      listParticipants: async () => [...there.values()],
      updateParticipant: async (_: string, identity: string, change: object) =>
        Object.assign(there.get(identity) ?? {}, change),
      removeParticipant: async (_: string, identity: string) => there.delete(identity),
    },
    dispatches: {
      listDispatch: async () =>
        people.map(({ identity }) => ({
          id: `AD_${identity}`,
          state: { jobs: [{ state: { participantIdentity: identity } }] },
        })),
      deleteDispatch: async (id: string) => deleted.push(id),
    },
  } as unknown as LiveKit;
  const writer = { add: ({ what }: CallEvent) => events.push(what) > 0 } as EventWriter;
  return {
    server: { ...testServer(), livekit, events: writer },
    ...{ events, deleted, there },
  };
}

const event = (name: RoomEvent['name'], takeover: Takeover): RoomEvent => ({
  ...{ name, at: JOINED, heard: JOINED, room: ROOM },
  person: {
    ...{ identity: 'ben', sid: 'PA_ben', kind: 'standard', name: 'Ben', metadata: '' },
    ...{ attributes: { [PERSON_ATTRIBUTES.takeover]: takeover }, why: 'unknown' },
  },
});

const applied = ({ server }: ReturnType<typeof setUp>, what: RoomEvent) =>
  applyTakeover(server, what, liveFacts(server.livekit, what.room));

test('a colleague replaces the agents that were there before, and not the one that was called back', async () => {
  const ours = agent('ours', 1_000, { [AGENT_ATTRIBUTES.agent]: 'front-desk' });
  const here = setUp(
    agent('first', 1_000),
    ours,
    agent('called back', JOINED + 1),
    colleague('leave'),
  );
  await applied(here, event('participant_joined', 'leave'));
  await applied(here, event('participant_joined', 'leave'));
  expect([...here.there.keys()]).toEqual(['ours', 'called back', 'ben']);
  expect(here.deleted).toEqual(['AD_first']);
  expect(here.events).toEqual([
    { kind: 'agent_left', identity: 'first', agent: 'mine', why: 'takeover' },
  ]);
});

test('the dispatch of an agent is deleted, though LiveKit lists no job', async () => {
  const here = setUp(agent('first', 1_000), colleague('leave'));
  const { dispatches } = here.server.livekit;
  const dispatch = { id: 'AD_first', agentName: 'mine', state: { jobs: [], createdAt: 0n } };
  Object.assign(dispatches, { listDispatch: async () => [dispatch] });
  await applied(here, event('participant_joined', 'leave'));
  expect(here.deleted).toEqual(['AD_first']);
});

test('a colleague who has left again replaces nobody', async () => {
  const here = setUp(agent('first', 1_000));
  await applied(here, event('participant_joined', 'leave'));
  expect([here.there.size, here.events, here.deleted]).toEqual([1, [], []]);
});

test('agents hear nobody while a colleague is there who wants them to stay', async () => {
  const people = [agent('first', 1_000), agent('late', JOINED + 1)];
  const here = setUp(...people, colleague('stay'));
  const hearing = () => people.map(({ identity }) => here.there.get(identity)?.permission);
  await applied(here, event('participant_joined', 'stay'));
  expect(hearing()).toMatchObject([{ canSubscribe: false }, { canSubscribe: false }]);
  here.there.delete('ben');
  // The event that they joined arrives last.
  await applied(here, event('participant_left', 'stay'));
  await applied(here, event('participant_joined', 'stay'));
  expect(hearing()).toMatchObject([{ canSubscribe: true }, { canSubscribe: true }]);
});
