// How the product and its calls begin and end: ports that others have, callers who hang up or vanish,
// and Ctrl-C.
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect } from 'vitest';
import { askRoute } from '@/lib/testing/api';
import { runFile } from '@/lib/testing/bundled';
import { descendants, isRunning } from '@/lib/testing/processes';
import { SeenCall } from './support/call';
import { fault } from './support/fault';
import { newPlace, type Place } from './support/place';
import { jobOf } from './support/processes';
import { claimsOf } from './support/product';
import { type Everything, everything, STACK_MS } from './support/running';
import { within } from './support/until';

/** Milliseconds from a start until what was left to be written is written. */
const WRITTEN_MS = 15_000;

let place: Place;
let all: Everything;
let others: Server[];

const listening = async (port: number) => {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
};
const closed = (server: Server) => new Promise((done) => server.close(done));

beforeAll(async () => {
  place = await newPlace();
  others = await Promise.all(Object.values(place.ports).map(listening));
});
afterAll(() => all?.close(), STACK_MS);

fault('16 · all ports are in use', async (begins) => {
  const over = begins();
  all = await everything({}, place);
  over();
  for (const [part, port] of Object.entries(place.ports)) {
    expect(all.started.said()).toMatch(new RegExp(`Port ${port} is in use: ${part} is on \\d+\\.`));
  }
  expect(all.started.said()).not.toContain('starting again');
  const call = await all.product.call();
  await call.answered();
  await call.caller.hangUp();
  await Promise.all(others.map(closed));
});

fault('44 · the caller hangs up', async (begins) => {
  const call = await all.product.call();
  const agent = await call.answered();
  const job = await jobOf(agent);
  const over = begins();
  await call.caller.hangUp();
  await within(2_000, async () => ({
    rooms: (await all.product.livekit.rooms.listRooms([call.room])).length,
    job: isRunning(job),
    endedBy: (await call.summary())?.endedBy,
  })).toEqual({ rooms: 0, job: false, endedBy: 'caller' });
  over();
  const { startedAt, endedAt } = (await call.summary()) ?? {};
  expect(Number(endedAt) - Number(startedAt)).toBeGreaterThan(0);
});

fault('43 · the browser of the caller is killed', async (begins) => {
  const token = await all.product.token();
  const { call: id, room } = claimsOf(token);
  const call = new SeenCall(all.product, id, room);
  const browser = await runFile(
    'faults/support/caller-process.ts',
    [all.product.stack.livekit, token],
    {},
  );
  const job = await jobOf(await call.present());
  const over = begins();
  browser.kill('SIGKILL');
  await within(45_000, async () => ({
    rooms: (await all.product.livekit.rooms.listRooms([room])).length,
    job: isRunning(job),
    ended: (await call.summary())?.endedAt !== undefined,
  })).toEqual({ rooms: 0, job: false, ended: true });
  over();
});

fault('15 · Ctrl-C in the middle of a call', async (begins) => {
  const call = await all.product.call();
  await call.answered();
  const { stack } = all.product;
  const mine = descendants(stack.pid);
  const over = begins();
  // It throws where something is left after ten seconds.
  await all.started.end('SIGINT');
  over();
  expect(call.caller.said).toContain('I have to go now');
  expect(call.caller.leaving).toBe('shutdown');
  expect(mine.filter(({ pid }) => isRunning(pid))).toEqual([]);
  // Who is still calling would keep a port's next listener from closing.
  await all.product.allHangUp();
  const ports = [stack.web, stack.speech, stack.livekit].map((url) => Number(new URL(url).port));
  const free = await Promise.all(ports.map(listening));
  await Promise.all(free.map(closed));
  // What is kept of the call is asked of a web process that comes after.
  await all.part('web');
  const web = `http://127.0.0.1:${place.ports.web}`;
  await within(WRITTEN_MS, async () => {
    const { body } = await askRoute(`${web}/api/calls/${call.id}`, 'GET');
    return body.call?.ended_by;
  }).toBe('server');
});
