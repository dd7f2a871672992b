// An agent that does not answer, reported over HTTP with a real LiveKit server: another one is offered or sent, and the event
// says which.
import { dispose, type Room } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as stuck from '@/app/api/rooms/[room]/stuck/route';
import * as webhooks from '@/app/api/webhooks/livekit/route';
import { newAgent } from '@/lib/agents/agent';
import { addAgent, removeAgent } from '@/lib/agents/registry';
import type { EventKind } from '@/lib/calls/event';
import { readTimeline } from '@/lib/calls/store/store';
import { ensureAgent } from '@/lib/dispatch/send-agent';
import { CALL_ATTRIBUTE } from '@/lib/livekit/attributes';
import { type RulesStage, rulesStage } from '@/lib/rules/testing/stage';
import { server } from '@/lib/server';
import { askRoute } from '@/lib/testing/api';
import { joinAs } from '@/lib/testing/participant';
import { WEBHOOK_PATH } from '@/lib/testing/webhook';

/** An agent of another worker, which is in the list. */
const MINE = 'mine';
let stage: RulesStage;
const joined: Room[] = [];

beforeAll(async () => {
  stage = await rulesStage({ [WEBHOOK_PATH]: webhooks, '/api/rooms/[room]/stuck': stuck });
  await server().start();
});
afterEach(async () => {
  await Promise.all(joined.splice(0).map((room) => room.disconnect()));
  await removeAgent(server(), MINE).catch(() => {});
});
afterAll(async () => {
  await dispose();
  await stage.close();
});

const report = (room: string, more: object = {}) =>
  askRoute(`${stage.url}/api/rooms/${room}/stuck`, 'POST', {
    identity: 'm-1',
    ms: 12_000,
    ...more,
  });

async function joins(room: string, identity: string) {
  const attributes = { 'lk.agent_name': MINE };
  joined.push(await joinAs(stage.env, room, { identity, kind: 'agent', attributes }));
}

/** A call in which the agent `m-1` has answered so far. */
async function call(room: string, rule = {}) {
  await addAgent(server(), newAgent.parse({ name: MINE, ...rule }));
  const attributes = { [CALL_ATTRIBUTE]: `call-${room}` };
  joined.push(await joinAs(stage.env, room, { identity: 'anna', attributes }));
  await stage.done('participant_joined', room);
  const wanted = { room, agent: MINE, deployment: 'production', metadata: '' };
  await ensureAgent(server(), { ...wanted, by: 'api' });
  await joins(room, 'm-1');
  await expect.poll(() => events(room, 'agent_joined')).toHaveLength(1);
}

/** The events of a kind in the call of this room. */
async function events(room: string, kind: EventKind) {
  const { marks = [] } = (await readTimeline(server(), `call-${room}`)) ?? {};
  return marks.flatMap((mark) =>
    mark.kind === 'event' && mark.what.kind === kind ? mark.what : [],
  );
}
const agents = async (room: string) =>
  (await stage.livekit.rooms.listParticipants(room))
    .map(({ identity }) => identity)
    .filter((identity) => identity !== 'anna');

it('another one is offered, and the call goes on', async () => {
  await call('offered');
  for (let count = 0; count < 2; count += 1) {
    const { status, body } = await report('offered');
    expect([status, body]).toEqual([200, { done: 'offered', times: 0 }]);
  }
  await expect
    .poll(() => events('offered', 'stuck'))
    .toMatchObject([{ identity: 'm-1', part: 'agent', ms: 12_000, done: 'offered' }]);
  expect(await agents('offered')).toEqual(['m-1']);
});

it('it is replaced once, also if two ask at once, and not more often than twice in a call', async () => {
  await call('asked');
  const answers = await Promise.all([
    report('asked', { replace: true }),
    report('asked', { replace: true }),
  ]);
  for (const { body } of answers) expect(body).toEqual({ done: 'replaced', times: 0 });
  const isReplaced = (times: number) =>
    expect.poll(() => events('asked', 'failover')).toHaveLength(times);
  await isReplaced(1);
  expect(await events('asked', 'failover')).toMatchObject([
    { agent: MINE, deployment: 'production', attempt: 1, reason: 'it did not answer' },
  ]);
  expect(await events('asked', 'stuck')).toMatchObject([{ done: 'replaced' }]);
  await expect.poll(() => agents('asked')).toEqual([]);
  expect(await stage.dispatched('asked')).toEqual(['mine on production']);
  // It is gone.
  expect((await report('asked', { replace: true })).body.type).toMatch(/no-agent$/);

  await joins('asked', 'm-2');
  await expect.poll(() => events('asked', 'agent_joined')).toHaveLength(2);
  const second = await report('asked', { identity: 'm-2', replace: true });
  expect(second.body).toEqual({ done: 'replaced', times: 1 });
  await isReplaced(2);
  await expect.poll(() => agents('asked')).toEqual([]);
  await joins('asked', 'm-3');
  const third = await report('asked', { identity: 'm-3', replace: true });
  expect(third.body).toEqual({ done: 'abandoned', times: 2 });
  expect(await agents('asked')).toEqual(['m-3']);
});

it('it is replaced without asking if its team wants that', async () => {
  await call('rule', { replace_stuck: true });
  expect((await report('rule')).body).toEqual({ done: 'replaced', times: 0 });
  await expect.poll(() => events('rule', 'failover')).toHaveLength(1);
});

it('one in no list stays', async () => {
  await call('unlisted');
  await removeAgent(server(), MINE);
  const { body } = await report('unlisted', { replace: true });
  expect(body).toEqual({ done: 'abandoned', times: 0 });
  expect(await agents('unlisted')).toEqual(['m-1']);
});

it.each([
  ['an unknown room', 'nowhere', {}, 404],
  ['nobody', 'other', { identity: 'x' }, 409],
  ['a person', 'other', { identity: 'anna' }, 409],
  ['no time', 'other', { ms: -1 }, 400],
])('%s is refused', async (_, room, more, status) => {
  if (room === 'other') joined.push(await joinAs(stage.env, room, { identity: 'anna' }));
  expect((await report(room, more)).status).toBe(status);
});
