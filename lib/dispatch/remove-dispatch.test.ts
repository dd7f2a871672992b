// Deleting a dispatch, in each order in which LiveKit may list its job, end it, and let its agent join.

import { ParticipantInfo_Kind } from '@livekit/protocol';
import { AgentDispatch, ParticipantInfo, ParticipantInfo_State } from 'livekit-server-sdk';
import { describe, expect, test, vi } from 'vitest';
import type { EventWriter } from '@/lib/calls/delivery/event-writer';
import type { CallEvent, EventData } from '@/lib/calls/event';
import { removeDispatch } from '@/lib/dispatch/remove-dispatch';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { fakeTime } from '@/lib/testing/fake-time';
import { testServer } from '@/lib/testing/server';

const ROOM = 'lobby';
const ID = 'AD_1';

/** An agent of our worker, which names its dispatch, or of another one. */
const agent = (identity: string, attributes: Record<string, string> = {}, age = 0) =>
  new ParticipantInfo({
    identity,
    kind: ParticipantInfo_Kind.AGENT,
    state: ParticipantInfo_State.ACTIVE,
    joinedAtMs: BigInt(Date.now() - age),
    attributes: { 'lk.agent_name': 'desk', ...attributes },
  });
const ours = (dispatch: string) => ({
  [AGENT_ATTRIBUTES.agent]: 'desk',
  [AGENT_ATTRIBUTES.deployment]: 'production',
  [AGENT_ATTRIBUTES.dispatch]: dispatch,
});
/** A dispatch made now, with jobs of these agents. */
const dispatch = (id: string, identities: readonly string[] = [], age = 0) =>
  new AgentDispatch({
    id,
    agentName: 'desk',
    state: {
      createdAt: BigInt(Date.now() - age) * 1_000_000n,
      jobs: identities.map((participantIdentity) => ({ state: { participantIdentity } })),
    },
  });

/** A web process whose LiveKit has this room. It ends no job by itself. */
function setUp(all: readonly AgentDispatch[], people: readonly ParticipantInfo[]) {
  fakeTime();
  const events: EventData[] = [];
  const there = new Map(people.map((one) => [one.identity, one]));
  const dispatches = new Map(all.map((one) => [one.id, one]));
  const live = { room: true };
  const rooms = {
    listRooms: async () => (live.room ? [{ name: ROOM, sid: 'RM_1' }] : []),
    listParticipants: async () => [...there.values()],
    updateParticipant: async (_: string, identity: string, change: { attributes: object }) =>
      Object.assign(there.get(identity)?.attributes ?? {}, change.attributes),
    removeParticipant: vi.fn(async (_: string, identity: string) => there.delete(identity)),
  };
  const livekit = {
    rooms,
    dispatches: {
      listDispatch: async () => {
        if (live.room) return [...dispatches.values()];
        throw new Error('unavailable');
      },
      deleteDispatch: async (id: string) => dispatches.delete(id),
    },
  } as unknown as LiveKit;
  const writer = { add: ({ what }: CallEvent) => events.push(what) > 0 } as EventWriter;
  const server = { ...testServer(), livekit, events: writer };
  const state = { done: false };
  return {
    ...{ rooms, there, dispatches, events, live, state },
    /** Deletes the dispatch. */
    remove: () =>
      removeDispatch(server, ROOM, ID).finally(() => {
        state.done = true;
      }),
    removed: () => rooms.removeParticipant.mock.calls.map(([, identity]) => identity),
  };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const left = { kind: 'agent_left', identity: 'ada', agent: 'desk', why: 'shutdown' };
const deleted = { kind: 'dispatch_deleted', dispatch: ID, agent: 'desk' };

describe('an agent in the room', () => {
  test('leaves on request, and the answer waits for it', async () => {
    const here = setUp([dispatch(ID, ['ada'])], [agent('ada', ours(ID))]);
    const removing = here.remove();
    await pass(2_000);
    expect([here.state.done, here.dispatches.size]).toEqual([false, 0]);
    here.there.delete('ada');
    await pass(200);
    await removing;
    expect(here.removed()).toEqual([]);
    expect(here.events).toEqual([left, deleted]);
  });

  test('is removed if it does not leave', async () => {
    const here = setUp([dispatch(ID, ['ada'])], [agent('ada', ours(ID))]);
    const removing = here.remove();
    await pass(3_900);
    expect(here.removed()).toEqual([]);
    await pass(300);
    await removing;
    expect(here.removed()).toEqual(['ada']);
  });

  test.each([
    ['in our worker', ours(ID)],
    ['in another worker', {}],
  ])('%s whose job LiveKit does not list is removed at once', async (_, attributes) => {
    const here = setUp([dispatch(ID)], [agent('ada', attributes)]);
    const removing = here.remove();
    await pass(200);
    await removing;
    expect(here.there.size).toBe(0);
    expect(here.events).toEqual([left, deleted]);
  });

  test('whose job LiveKit lists is not the only one of its name', async () => {
    const older = [dispatch('AD_2', ['eve'], 60_000), dispatch('AD_3', [], 60_000)];
    const people = [
      agent('ada', ours(ID)),
      agent('eve'),
      agent('bob', ours('AD_3')),
      agent('earlier', {}, 60_000),
      agent('staging', { [AGENT_ATTRIBUTES.deployment]: 'staging' }),
      agent('other', { 'lk.agent_name': 'sales' }),
    ];
    const here = setUp([dispatch(ID), ...older], people);
    const removing = here.remove();
    await pass(200);
    await removing;
    expect([...here.there.keys()]).toEqual(['eve', 'bob', 'earlier', 'staging', 'other']);
  });

  test('that LiveKit cannot remove is named, with what to do', async () => {
    const here = setUp([dispatch(ID, ['ada'])], [agent('ada', ours(ID))]);
    here.rooms.removeParticipant.mockRejectedValue(new Error('no response from servers'));
    const removing = expect(here.remove()).rejects.toMatchObject({
      kind: 'agent-stays',
      detail: expect.stringMatching(/lists ada 10 s later.*DELETE \/api\/rooms\/lobby/s),
    });
    await pass(11_000);
    await removing;
    expect(here.there.size).toBe(1);
  });

  test('may take the room with it', async () => {
    const here = setUp([dispatch(ID, ['ada'])], [agent('ada', ours(ID))]);
    const removing = here.remove();
    await pass(1_000);
    here.live.room = false;
    await pass(200);
    await removing;
    expect(here.removed()).toEqual([]);
  });
});

describe('an agent that is not in the room', () => {
  test('is not waited for, and removed when it joins', async () => {
    const here = setUp([dispatch(ID)], []);
    await here.remove();
    expect(here.events).toEqual([deleted]);
    await pass(8_000);
    here.there.set('ada', agent('ada', ours(ID)));
    await pass(1_000);
    expect(here.removed()).toEqual(['ada']);
    expect(here.events).toEqual([deleted, left]);
  });

  test('is removed by its name once another dispatch can no longer have brought it', async () => {
    const other = dispatch('AD_2');
    const here = setUp([dispatch(ID), other], []);
    await here.remove();
    here.there.set('ada', agent('ada'));
    here.there.set('eve', agent('eve'));
    await pass(2_000);
    expect(here.there.size).toBe(2);
    here.dispatches.set(other.id, dispatch('AD_2', ['eve']));
    await pass(1_000);
    expect([...here.there.keys()]).toEqual(['eve']);
  });

  test('is removed although LiveKit did not respond meanwhile', async () => {
    const here = setUp([dispatch(ID)], []);
    await here.remove();
    here.rooms.removeParticipant.mockRejectedValueOnce(new Error('no response from servers'));
    here.there.set('ada', agent('ada', ours(ID)));
    await pass(2_000);
    expect(here.there.size).toBe(0);
  });

  test('no longer counts a minute later', async () => {
    const here = setUp([dispatch(ID)], []);
    await here.remove();
    await pass(61_000);
    here.there.set('ada', agent('ada'));
    await pass(5_000);
    expect(here.removed()).toEqual([]);
  });
});
