// Callers in line for real workers with few places: who is let in gets an agent, and nobody else does.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../lib/catalogue';
import { shownDeployment } from '../lib/deployment';
import { waitInLine } from '../lib/line/lines';
import { Problem, type ProblemMembers } from '../lib/problem';
import { recordReports } from '../lib/workers';
import { LIMIT_MS } from './testing/limit';
import { openStage, type Stage } from './testing/stage';
import type { TestWorker } from './testing/worker-process';

const TEST_MS = 6 * LIMIT_MS;
const AGENT = 'line-check';

let stage: Stage;
const workers: TestWorker[] = [];

/** The web process's registry hears what the workers last reported. */
function hear() {
  for (const worker of workers) {
    recordReports(catalogue.flatMap(({ name }) => worker.reportsOn(name).slice(-1)));
  }
}

/** Somebody who wants to call. */
function caller(deployment = '') {
  const room = `call-${randomUUID()}`;
  const ticket = `ticket-${randomUUID()}`;
  return {
    /** Asks as the token route does: "in", or their place. */
    async ask(): Promise<'in' | number | undefined> {
      hear();
      try {
        await waitInLine({ agent: AGENT, deployment, room }, ticket, Date.now());
        return 'in';
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return (error.members as ProblemMembers).line?.place;
      }
    },
    call: () => stage.call(AGENT, { room, deployment: shownDeployment(deployment) }),
  };
}

beforeAll(async () => {
  stage = await openStage();
  workers.push(stage.startWorker({ AGENT_MAX_JOBS: '1' }));
  await workers[0]?.live();
}, TEST_MS);

afterAll(() => stage?.close(), TEST_MS);

test(
  'the second caller waits while the only place is taken, and is put through when the first hangs up',
  async () => {
    const [first, second, third] = [caller(), caller(), caller()];
    expect(await first.ask()).toBe('in');
    expect([await second.ask(), await third.ask()]).toEqual([1, 2]);
    const call = await first.call();
    await call.answered();
    // Who waits asks again and again: a place that nobody asks for is given up.
    const said = async () => {
      await second.ask();
      await third.ask();
      return call.said;
    };
    await expect.poll(said, { timeout: LIMIT_MS }).toContain('line check');
    expect([await third.ask(), await second.ask()]).toEqual([2, 1]);

    await call.hangUp();
    await expect
      .poll(async () => [await third.ask(), await second.ask()], { timeout: LIMIT_MS })
      .toEqual([expect.any(Number), 'in']);
    const next = await second.call();
    expect(await next.worker()).toBe(workers[0]?.id);
    await expect.poll(() => next.said, { timeout: LIMIT_MS }).toContain('line check');
    expect(await third.ask()).toBe(1);
    await next.hangUp();
  },
  TEST_MS,
);

test(
  'fifty at once for four places: four get their agent, the others are told to wait',
  async () => {
    const settings = { AGENT_MAX_JOBS: '2', LIVEKIT_AGENT_DEPLOYMENT: 'staging' };
    const two = [stage.startWorker(settings), stage.startWorker(settings)];
    workers.push(...two);
    await Promise.all(two.map((worker) => worker.live()));
    const callers = Array.from({ length: 50 }, () => caller('staging'));
    const places = await Promise.all(callers.map(({ ask }) => ask()));
    expect(places.filter((place) => place === 'in')).toHaveLength(4);
    expect(new Set(places.filter((place) => place !== 'in')).size).toBe(46);
    const calls = await Promise.all(
      callers.filter((_, place) => places[place] === 'in').map(({ call }) => call()),
    );
    for (const call of calls) await call.answered();
    expect(calls.map((call) => call.agents().length)).toEqual([1, 1, 1, 1]);
    await Promise.all(calls.map((call) => call.hangUp()));
  },
  TEST_MS,
);
