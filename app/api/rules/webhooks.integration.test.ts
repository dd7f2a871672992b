// Rules with a real LiveKit server: its webhooks trigger dispatches, which are then listed.

import { dispose, type Room } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as route from '@/app/api/webhooks/livekit/route';
import { testRule } from '@/lib/rules/testing/rules';
import { type RulesStage, rulesStage } from '@/lib/rules/testing/stage';
import { server } from '@/lib/server';
import { joinAs, joinAsAgent, joinByToken } from '@/lib/testing/participant';
import { sendWebhook, WEBHOOK_PATH, webhookEvent } from '@/lib/testing/webhook';

let stage: RulesStage;
const guests: Room[] = [];

beforeAll(async () => {
  stage = await rulesStage({ [WEBHOOK_PATH]: route });
});

afterEach(async () => {
  await Promise.all(guests.splice(0).map((guest) => guest.disconnect()));
});

afterAll(async () => {
  await dispose();
  await stage.close();
});

const join = async (room: string, who: Parameters<typeof joinAs>[2]) =>
  guests.push(await joinAs(stage.env, room, who));
const roomOf = async (name: string) => (await stage.livekit.rooms.listRooms([name]))[0];
/** A live room whose own events have arrived and matched no rule. */
async function quietRoom(name: string) {
  await stage.rules();
  const { sid } = await stage.livekit.rooms.createRoom({ name });
  await stage.done('room_started', name);
  return { name, sid };
}

describe('a room that starts', () => {
  it('gets the agent of the matching rule, on its deployment, with its metadata', async () => {
    const send = { deployment: 'staging', metadata: 'm' };
    await stage.rules(
      testRule({ when: 'room_started', if: { room: 'support-*', metadata: '*eu*' }, send }),
      testRule({ name: 'other', when: 'room_started', if: { room: 'x-*' } }),
    );
    await stage.livekit.rooms.createRoom({ name: 'support-1', metadata: '{"in":"eu"}' });
    await stage.livekit.rooms.createRoom({ name: 'support-2' });
    await stage.done('room_started', 'support-1');
    await stage.done('room_started', 'support-2');
    expect(await stage.dispatched('support-1')).toEqual(['front-desk on staging']);
    const sent = await stage.livekit.dispatches.listDispatch('support-1');
    expect(sent.find(({ agentName }) => agentName)?.metadata).toBe('m');
    expect(await stage.dispatched('support-2')).toEqual([]);
  });

  it('gets the agents of all matching rules, each once', async () => {
    await stage.rules(
      testRule({ name: 'a', when: 'room_started', send: { deployment: 'staging' } }),
      testRule({ name: 'b', when: 'room_started' }),
      testRule({ name: 'c', when: 'room_started', send: { agent: 'line-check' } }),
    );
    await stage.livekit.rooms.createRoom({ name: 'many' });
    await stage.done('room_started', 'many');
    expect((await stage.dispatched('many')).sort()).toEqual([
      'front-desk on staging',
      'line-check on production',
    ]);
  });
});

describe('a participant who joins', () => {
  it('gets the agent once, however many join', async () => {
    await stage.rules(testRule({ if: { attributes: { plan: 'gold*' }, metadata: 'vip' } }));
    await join('joined', { identity: 'a' });
    await stage.done('participant_joined', 'joined');
    expect(await stage.dispatched('joined')).toEqual([]);
    const gold = { metadata: 'vip', attributes: { plan: 'gold-2' } };
    await join('joined', { identity: 'b', ...gold });
    await expect.poll(() => stage.dispatched('joined')).toEqual(['front-desk on production']);
    // The next participant does not bring back a stopped agent.
    const dispatches = await stage.livekit.dispatches.listDispatch('joined');
    const { id = '' } = dispatches.find(({ agentName }) => agentName) ?? {};
    await stage.livekit.dispatches.deleteDispatch(id, 'joined');
    const { sid = '' } = (await roomOf('joined')) ?? {};
    const participant = { identity: 'c', sid: 'PA_c', ...gold };
    const room = { name: 'joined', sid };
    await stage.send(webhookEvent('participant_joined', { room, participant }));
    expect(await stage.dispatched('joined')).toEqual([]);
  });

  it("gets no second agent beside the token's", async () => {
    await stage.rules(
      testRule({ name: 'a', when: 'room_started', send: { deployment: 'staging' } }),
      testRule({ name: 'b', send: { deployment: 'staging' } }),
    );
    const agent = { name: 'front-desk', deployment: 'production', metadata: '' };
    guests.push(await joinByToken(stage.env, 'by-token', 'a', agent));
    await stage.done('participant_joined', 'by-token');
    expect(await stage.dispatched('by-token')).toEqual(['front-desk on production']);
  });

  it('gets none for an agent, a colleague, or an unknown kind', async () => {
    await stage.rules(testRule({ name: 'people' }));
    await join('others', { identity: 'c', attributes: { 'callboard.takeover': 'leave' } });
    guests.push(await joinAsAgent(stage.env, 'others', 'line-check', 'production'));
    await stage.done('participant_joined', 'others');
    await vi.waitFor(async () => {
      const { calls, results } = vi.mocked(server().webhooks.handle).mock;
      const joined = calls.flatMap(([one], at) =>
        one.room.name === 'others' && one.person ? [results[at]?.value] : [],
      );
      expect(joined).toHaveLength(2);
      await Promise.all(joined);
    }, 60_000);
    const { sid = '' } = (await roomOf('others')) ?? {};
    const participant = { identity: 'x', sid: 'PA_x', kind: 99 };
    const room = { name: 'others', sid };
    await stage.send(webhookEvent('participant_joined', { room, participant }));
    expect(await stage.dispatched('others')).toEqual([]);
    await join('others', { identity: 'p', kind: 'sip' });
    await expect.poll(() => stage.dispatched('others')).toHaveLength(1);
  });
});

describe('an event', () => {
  it('that arrives five times at once triggers once', async () => {
    const room = await quietRoom('repeated');
    await stage.rules(testRule({ when: 'room_started' }));
    const event = webhookEvent('room_started', { room });
    // Webhooks of the rooms of other tests may still arrive.
    const handled = () =>
      vi.mocked(server().webhooks.handle).mock.calls.filter(([one]) => one.room.sid === room.sid);
    const before = handled().length;
    const sent = Array.from({ length: 5 }, () => sendWebhook(stage.url, stage.env, event));
    for (const { status } of await Promise.all(sent)) expect(status).toBe(200);
    await stage.send(webhookEvent('participant_left', { room, participant: { sid: 'PA_x' } }));
    expect(handled().length - before).toBe(2);
    expect(await stage.dispatched('repeated')).toHaveLength(1);
  });

  it('of a room that has ended by an earlier event triggers nothing', async () => {
    const room = await quietRoom('disordered');
    await stage.rules(testRule({ when: 'room_started' }), testRule({ name: 'joins' }));
    await stage.send(webhookEvent('room_finished', { room }));
    await stage.send(webhookEvent('room_started', { room }));
    const participant = { identity: 'i', sid: 'PA_i' };
    await stage.send(webhookEvent('participant_joined', { room, participant }));
    expect(await stage.dispatched('disordered')).toEqual([]);
  });

  it('about a participant who has left triggers nothing', async () => {
    const room = await quietRoom('left');
    await stage.rules(testRule());
    const participant = { identity: 'i', sid: 'PA_gone' };
    await stage.send(webhookEvent('participant_left', { room, participant }));
    await stage.send(webhookEvent('participant_joined', { room, participant }));
    expect(await stage.dispatched('left')).toEqual([]);
  });

  it('that is 31 s old triggers nothing', async () => {
    const room = await quietRoom('late');
    await stage.rules(testRule({ when: 'room_started' }));
    const createdAt = `${Math.floor(Date.now() / 1_000) - 31}`;
    await stage.send({ ...webhookEvent('room_started', { room }), createdAt });
    expect(await stage.dispatched('late')).toEqual([]);
  });

  it('of another or ended room creates no room and dispatches nothing', async () => {
    await stage.rules(testRule({ when: 'room_started' }));
    const gone = { name: 'never-was', sid: 'RM_gone' };
    await stage.send(webhookEvent('room_started', { room: gone }));
    expect(await roomOf('never-was')).toBeUndefined();
    const { name } = await quietRoom('again');
    await stage.rules(testRule({ when: 'room_started' }));
    await stage.send(webhookEvent('room_started', { room: { name, sid: 'RM_before' } }));
    expect(await stage.dispatched('again')).toEqual([]);
  });

  it('of a restarted server whose agent reconnected adds no second one', async () => {
    const room = await quietRoom('restarted');
    guests.push(await joinAsAgent(stage.env, 'restarted', 'front-desk', 'production'));
    await stage.done('participant_joined', 'restarted');
    await stage.rules(testRule({ when: 'room_started' }));
    await stage.send(webhookEvent('room_started', { room }));
    expect(await stage.dispatched('restarted')).toEqual([]);
  });
});
