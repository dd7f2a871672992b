// The LiveKit server is away for long. It runs apart from the rest, as on several machines: `npm start`
// would bring its own back at once.
import { afterAll, beforeAll, expect } from 'vitest';
import { fault } from './support/fault';
import { newPlace } from './support/place';
import { programOf } from './support/processes';
import { asksFor } from './support/product';
import { type Everything, everything, parts, type Running, STACK_MS } from './support/running';
import { within } from './support/until';

/** Milliseconds for which it is away: a worker gives up after 82 s. */
const AWAY_MS = 90_000;
/** Milliseconds for a request whose answer depends on the server. */
const ANSWER_MS = 6_000;

let apart: Running;
let all: Everything;
/** Worker processes of before. */
let workers: number;

beforeAll(async () => {
  const place = await newPlace();
  apart = await parts(place, 'livekit');
  all = await everything(apart.product.env, place);
}, STACK_MS);
afterAll(async () => {
  await all?.close();
  await apart?.close();
}, STACK_MS);

fault('13 · the LiveKit server is gone for good', async (begins) => {
  const call = await all.product.call();
  await call.answered();
  workers = programOf('agent', all.product.stack.pid);
  const over = begins();
  await apart.last('livekit').kill();
  await within(ANSWER_MS, async () => {
    const { status, body } = await all.product.ask('POST', '/api/token', asksFor('line-check'));
    return [status, body.type];
  }).toEqual([503, 'urn:callboard:problem:livekit-unavailable']);
  over();
});

fault(
  '14 · the LiveKit server is away for a minute and a half',
  async (begins) => {
    const over = begins();
    await new Promise((back) => setTimeout(back, AWAY_MS));
    await apart.part('livekit');
    // A worker that had given up and was not started again would take no call, now or later.
    await within(30_000, async () => {
      const call = await all.product.call();
      return (await call.answered()).kind;
    }).toBe(4);
    over();
    expect(programOf('agent', all.product.stack.pid)).not.toBe(workers);
  },
  240_000,
);
