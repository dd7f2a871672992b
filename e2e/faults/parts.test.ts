// Faults caused to parts that run each alone, as on several machines, where nothing starts them again: the web
// process and the LiveKit server are away, the disk is full. Calls go on, and the history is right in the end.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isRunning } from '@/lib/testing/processes';
import { testRule } from '@/lib/testing/rules';
import { sendWebhook, webhookEvent } from '@/lib/testing/webhook';
import { newPlace, parts, type Running, workersLive } from './support/parts';
import { workerPid } from './support/processes';
import { asksFor } from './support/product';
import { smallDisk } from './support/small-disk';
import { soon, within } from './support/until';

/** Milliseconds for what is repaired by looks every 15 s. */
const REPAIR_MS = 25_000;
/** Milliseconds until LiveKit tells no more of what it could not deliver, with some to spare. */
const UNDELIVERED_MS = 60_000;

const disk = smallDisk();
let desk: Running;

beforeAll(async () => {
  const place = await newPlace(disk?.data);
  desk = await parts(place, 'livekit', 'web', 'agent');
  await workersLive(desk, 1);
});
afterEach(() => desk.product.allHangUp());
afterAll(async () => {
  disk?.clear();
  await desk?.close();
  disk?.remove();
});

test('a token, a rule and the API send the same agent to one room: one agent joins', async () => {
  const rules = await desk.product.ask('GET', '/api/rules');
  const rule = testRule({ when: 'participant_joined', send: { agent: 'line-check' } });
  const etag = { 'if-match': rules.headers.get('etag') ?? '' };
  const saved = await desk.product.ask('PUT', '/api/rules', { rules: [rule] }, etag);
  expect(saved.status).toBe(200);
  const call = await desk.product.call();
  const agents = call.countAgents();
  const sent = [1, 2].map(() =>
    desk.product.ask('POST', '/api/dispatch-agent', { room: call.room, agent: 'line-check' }),
  );
  for (const { status } of await Promise.all(sent)) expect([200, 201]).toContain(status);
  await call.answered();
  await call.goesOn();
  expect(await agents()).toBe(1);
});

test('the web process is away while the caller hangs up: it is told once it is back', async () => {
  const call = await desk.product.call();
  await call.answered();
  await desk.last('web').kill();
  await call.caller.hangUp();
  await desk.part('web');
  await within(REPAIR_MS, async () => (await call.summary())?.endedBy).toBe('caller');
});

test('the web process is away for so long that LiveKit gives up: the call is closed', async () => {
  const call = await desk.product.call();
  await call.answered();
  await desk.last('web').kill();
  const livekit = desk.last('livekit');
  const before = livekit.said.length;
  await call.caller.hangUp();
  const dropped = () => livekit.said.slice(before);
  await within(UNDELIVERED_MS, dropped).toContain('failed to send webhook');
  await desk.part('web');
  await within(REPAIR_MS, async () => (await call.summary())?.endedAt).toBeTypeOf('number');
});

test('the disk is full: calls go on, and webhooks are sent again', async ({ skip }) => {
  if (!disk) return skip('only who may mount a disk can fill one');
  const event = webhookEvent('room_started', { room: { name: 'full', sid: 'RM_full' } });
  const webhook = async () =>
    (await sendWebhook(desk.product.stack.web, desk.product.env, event)).status;
  disk.fill();
  const call = await desk.product.call();
  await call.answered();
  await call.goesOn();
  await within(REPAIR_MS, webhook).toBe(503);
  disk.clear();
  // LiveKit sends its webhooks again, and so the history is whole once there is room.
  await within(REPAIR_MS, webhook).toBe(200);
  await within(REPAIR_MS, async () => (await call.events('person_joined')).length).toBe(1);
  await call.caller.hangUp();
  await within(REPAIR_MS, async () => (await call.summary())?.endedBy).toBe('caller');
});

test('the LiveKit server is away: no token, and the worker takes calls once it is back', async () => {
  const call = await desk.product.call();
  const worker = workerPid(await call.answered());
  await desk.last('livekit').kill();
  await soon(async () => {
    const { status, body } = await desk.product.ask('POST', '/api/token', asksFor('line-check'));
    return [status, body.type];
  }).toEqual([503, 'urn:callboard:problem:livekit-unavailable']);
  await call.caller.hangUp();
  // It tries again, for as long as it takes.
  await within(30_000, () => desk.last('agent').said).toMatch(/retrying in 6 seconds/);
  await desk.part('livekit');
  await workersLive(desk, 1);
  const next = await desk.product.call();
  await next.answered();
  expect(isRunning(worker)).toBe(true);
});
