// The web process is away, has no disk left, or is fed slowly; and all ways to send an agent are taken
// at once. Calls are begun and ended all the same, and what is known of them is right in the end.
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { testRule } from '@/lib/testing/rules';
import { sendWebhook, webhookEvent } from '@/lib/testing/webhook';
import type { Call } from './support/call';
import { fault } from './support/fault';
import { newPlace } from './support/place';
import { parts, type Running, STACK_MS, workersLive } from './support/running';
import { smallDisk } from './support/small-disk';
import { within } from './support/until';

/** Milliseconds between looks of what repairs, with the time that a look takes. */
const REPAIR_MS = 16_000;

const disk = smallDisk();
let desk: Running;

beforeAll(async () => {
  const place = await newPlace(disk?.data);
  desk = await parts(place, 'livekit', 'speech', 'web', 'agent');
  await workersLive(desk, 1);
}, STACK_MS);
afterEach(() => desk.product.allHangUp());
afterAll(async () => {
  disk?.clear();
  await desk?.close();
  disk?.remove();
}, STACK_MS);

/** The caller hangs up while the web process is away for so long; resolves when it is back. */
async function hangsUpWhileAway(call: Call, ms: number) {
  await desk.last('web').kill();
  await call.caller.hangUp();
  await new Promise((back) => setTimeout(back, ms));
  await desk.part('web');
}

fault('34 · the web process is away for five seconds', async (begins) => {
  const call = await desk.product.call();
  await call.answered();
  const over = begins();
  await hangsUpWhileAway(call, 5_000);
  await within(REPAIR_MS, async () => (await call.summary())?.endedBy).toBe('caller');
  over();
});

fault('34 · the web process is away for forty seconds', async (begins) => {
  const call = await desk.product.call();
  await call.answered();
  await hangsUpWhileAway(call, 40_000);
  const over = begins();
  await within(REPAIR_MS, async () => (await call.summary())?.endedAt).toBeTypeOf('number');
  over();
});

fault('38 · the disk is full', async (begins, { skip }) => {
  if (!disk) return skip('only who may mount a disk can fill one');
  const event = webhookEvent('room_started', { room: { name: 'full', sid: 'RM_full' } });
  const webhook = async () =>
    (await sendWebhook(desk.product.stack.web, desk.product.env, event)).status;
  const over = begins();
  disk.fill();
  const call = await desk.product.call();
  await call.answered();
  over();
  await call.goesOn();
  await within(REPAIR_MS, webhook).toBe(503);
  disk.clear();
  // LiveKit sends its webhooks again, and so the history is whole once there is room.
  await within(REPAIR_MS, webhook).toBe(200);
  await within(REPAIR_MS, async () => (await call.events('person_joined')).length).toBe(1);
  await call.caller.hangUp();
  await within(REPAIR_MS, async () => (await call.summary())?.endedBy).toBe('caller');
});

fault('28 · a token, a rule and the API send the same agent to one room', async (begins) => {
  const rules = await desk.product.ask('GET', '/api/rules');
  const rule = testRule({ when: 'participant_joined', send: { agent: 'line-check' } });
  const saved = await desk.product.ask(
    'PUT',
    '/api/rules',
    { rules: [rule] },
    { 'if-match': rules.headers.get('etag') ?? '' },
  );
  expect(saved.status).toBe(200);
  const over = begins();
  const call = await desk.product.call();
  const most = call.countAgents();
  const sent = [1, 2].map(() =>
    desk.product.ask('POST', '/api/dispatch-agent', { room: call.room, agent: 'line-check' }),
  );
  for (const { status } of await Promise.all(sent)) expect([200, 201]).toContain(status);
  await call.answered();
  over();
  await call.goesOn();
  expect(await most()).toBe(1);
});

fault('25 · a body that arrives slowly', async (begins) => {
  const { hostname, port } = new URL(desk.product.stack.web);
  const over = begins();
  let answer = '';
  const socket = connect(Number(port), hostname);
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text;
  });
  const head = ['POST /api/token HTTP/1.1', `Host: ${hostname}:${port}`];
  const body = ['Content-Type: application/json', 'Content-Length: 20', '', '{"room_'];
  socket.write([...head, ...body].join('\r\n'));
  await within(12_000, () => answer.split('\r\n')[0]).toBe('HTTP/1.1 408 Request Timeout');
  over();
  expect(answer).toContain('urn:callboard:problem:slow-body');
  socket.destroy();
});
