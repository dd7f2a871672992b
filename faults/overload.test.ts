// More is asked of the product than there is: of its workers, and of the machine's processors. Nobody
// is left waiting without a word.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { TICKET_HEADER } from '@/lib/call/waiting-line';
import type { Answer } from '@/lib/testing/api';
import { fault } from './support/fault';
import { asksFor } from './support/product';
import { type Everything, everything, STACK_MS, workersLive } from './support/running';
import { soon, within } from './support/until';

/** Calls of an agent on a worker. */
const PLACES = 2;
const BUSY = 'urn:callboard:problem:agents-busy';

let all: Everything;

beforeAll(async () => {
  all = await everything({ AGENT_MAX_JOBS: String(PLACES) });
}, STACK_MS);
afterEach(async () => {
  await all.product.allHangUp();
  await free();
});
afterAll(() => all?.close(), STACK_MS);

/** Waits until nobody has a call. */
const free = () =>
  soon(async () => {
    const { agents } = (await all.product.ask('GET', '/api/agents')).body;
    const deployments = agents.flatMap((agent: { deployments: object[] }) => agent.deployments);
    return deployments.every((one: { activeJobs: number }) => one.activeJobs === 0);
  }).toBe(true);

const ask = (ticket?: string): Promise<Answer> =>
  all.product.ask(
    'POST',
    '/api/token',
    asksFor('line-check'),
    ticket ? { [TICKET_HEADER]: ticket } : {},
  );

fault('4 · every place of every worker is taken', async (begins) => {
  const calls = [await all.product.call(), await all.product.call()];
  for (const call of calls) await call.answered();
  const over = begins();
  const busy = await ask();
  over();
  expect([busy.status, busy.body.type]).toEqual([503, BUSY]);
  expect(Number(busy.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(busy.body.line).toMatchObject({ place: 1, ticket: expect.any(String) });
  // The next in line has its turn when somebody hangs up.
  await calls[0]?.caller.hangUp();
  let turn = busy;
  await within(10_000, async () => {
    turn = await ask(busy.body.line.ticket);
    return turn.status;
  }).toBe(201);
  const call = await all.product.join(turn.body.participant_token, 'line-check');
  await call.answered();
});

fault('5 · the processors are busy with something else', async (begins) => {
  const over = begins();
  const burning: ChildProcess[] = cpus().map(() =>
    spawn(process.execPath, ['-e', 'for (;;) {}'], { stdio: 'ignore' }),
  );
  try {
    const call = await all.product.call();
    await within(10_000, async () => (await call.agents()).length).toBe(1);
    over();
    await call.goesOn();
  } finally {
    for (const one of burning) one.kill('SIGKILL');
  }
});

fault('42 · fifty callers at once, for two workers', async (begins) => {
  await all.part('agent', {}, '--deployment', 'production');
  await workersLive(all, 2);
  const over = begins();
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask()));
  const taken = answers.filter(({ status }) => status === 201);
  const others = answers.filter(({ status }) => status !== 201);
  // Who would have to wait for a process to be ready waits in line as well.
  expect(taken.length).toBeGreaterThanOrEqual(1);
  expect(taken.length).toBeLessThanOrEqual(2 * PLACES);
  expect(others.map(({ status, body }) => [status, body.type])).toEqual(
    others.map(() => [503, BUSY]),
  );
  const calls = await Promise.all(
    taken.map(({ body }) => all.product.join(body.participant_token, 'line-check')),
  );
  await within(10_000, () =>
    Promise.all(calls.map(async (call) => (await call.agents()).length)),
  ).toEqual(calls.map(() => 1));
  over();
  const places = others.map(({ body }) => body.line.place).sort((a, b) => a - b);
  expect(places).toEqual(others.map((_, at) => at + 1));
});
