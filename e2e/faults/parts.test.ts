// Faults in parts that run separately, as on several machines, where nothing restarts them: the web process or the
// LiveKit server is down, the disk is full. Calls continue, and the history is complete in the end.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { parts, placeWithDatabase, type Running, workersLive } from '@/e2e/faults/support/parts';
import { soon, within } from '@/e2e/faults/support/poll';
import { workerPid } from '@/e2e/faults/support/processes';
import { asksFor } from '@/e2e/faults/support/product';
import { smallDisk } from '@/e2e/faults/support/small-disk';
import { testRule } from '@/lib/rules/testing/rules';
import { isRunning } from '@/lib/testing/processes';
import { sendWebhook, webhookEvent } from '@/lib/testing/webhook';

/** Milliseconds for repairs by a check that runs every 15 s. */
const REPAIR_MS = 75_000;
/** Milliseconds until LiveKit gives up on a webhook, with a margin. */
const UNDELIVERED_MS = 60_000;

const disk = smallDisk();
let desk: Running;

beforeAll(async () => {
  const place = await placeWithDatabase(disk?.data);
  desk = await parts(place, 'livekit', 'web', 'agent');
  await workersLive(desk, 1);
});
afterEach(() => desk.product.allHangUp());
afterAll(async () => {
  disk?.clear();
  await desk?.close();
  disk?.remove();
});

test('a token, a rule and the API dispatch the same agent to one room: one agent joins', async () => {
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

test('the web process is down while the caller hangs up: the call is closed once it is back', async () => {
  const call = await desk.product.call();
  await call.answered();
  await desk.last('web').kill();
  await call.caller.hangUp();
  await desk.part('web');
  await within(REPAIR_MS, async () => (await call.summary())?.endedBy).toBe('caller');
});

test('the web process is down until LiveKit drops its webhooks: the call is closed once it is back', async () => {
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

test('the disk is full: calls continue, and LiveKit resends webhooks', async ({ skip }) => {
  if (!disk) return skip('mounting a disk needs root');
  const event = webhookEvent('room_started', { room: { name: 'full', sid: 'RM_full' } });
  const webhook = async () =>
    (await sendWebhook(desk.product.stack.web, desk.product.env, event)).status;
  disk.fill();
  const call = await desk.product.call();
  await call.answered();
  await call.goesOn();
  await within(REPAIR_MS, () => {
    // Events that were delivered have freed their space.
    disk.fill();
    return webhook();
  }).toBe(503);
  disk.clear();
  // LiveKit resends its webhooks, so the history is complete once there is space.
  await within(REPAIR_MS, webhook).toBe(200);
  await within(REPAIR_MS, async () => (await call.events('person_joined')).length).toBe(1);
  await call.caller.hangUp();
  await within(REPAIR_MS, async () => (await call.summary())?.endedBy).toBe('caller');
});

test('the LiveKit server is down: tokens are refused, and the worker takes calls once it is back', async () => {
  const call = await desk.product.call();
  const worker = workerPid(await call.answered());
  await desk.last('livekit').kill();
  await soon(async () => {
    const { status, body } = await desk.product.ask('POST', '/api/token', asksFor('line-check'));
    return [status, body.type];
  }).toEqual([503, 'urn:callboard:problem:livekit-unavailable']);
  await call.caller.hangUp();
  // The worker keeps retrying.
  await within(30_000, () => desk.last('agent').said).toMatch(/retrying in 6 seconds/);
  await desk.part('livekit');
  await workersLive(desk, 1);
  const next = await desk.product.call();
  await next.answered();
  expect(isRunning(worker)).toBe(true);
});
