// The worker with nothing replaced: the bundled process and its job processes, a LiveKit server, a
// speech server and callers. Its processes are killed and stopped as machines and people do it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeBrief } from '../lib/brief';
import { AGENT_ATTRIBUTES, PULSE_LOST_MS } from '../lib/signals';
import { isRunning } from '../lib/testing/processes';
import { VERSION } from '../lib/version';
import type { TestCaller } from './testing/caller';
import { LIMIT_MS } from './testing/limit';
import { openStage, type Stage } from './testing/stage';
import type { TestWorker } from './testing/worker-process';

/** Milliseconds for a whole test: a few waits, each with its own limit. */
const TEST_MS = 5 * LIMIT_MS;
/** Seconds that the staging workers let a call go on when they are stopped. */
const DRAIN_SECONDS = 3;
/** Settings of the staging workers: room for one call. */
const STAGING = {
  LIVEKIT_AGENT_DEPLOYMENT: 'staging',
  AGENT_MAX_JOBS: '1',
  AGENT_DRAIN_SECONDS: `${DRAIN_SECONDS}`,
};
/** Milliseconds to close a room that its caller left; LiveKit itself would keep it open for 20 s. */
const CLOSE_MS = 5_000;

let stage: Stage;
let production: TestWorker;
/** Two workers of one deployment, with room for one call each. */
let first: TestWorker;
let second: TestWorker;

async function pulsesGoOn(call: TestCaller) {
  const { pulses } = call;
  await expect.poll(() => call.pulses).toBeGreaterThan(pulses + 2);
}

/** A call with the line check that has spoken. */
async function greeted() {
  const caller = await stage.call('line-check');
  await expect.poll(() => caller.said).toContain('line check');
  return { caller, room: caller.room };
}
const kinds = (room: string) => stage.web.eventsOf(room).map(({ what }) => what.kind);
const said = (room: string) =>
  stage.web
    .eventsOf(room)
    .flatMap(({ what }) => (what.kind === 'turn' ? [`${what.by}: ${what.text}`] : []));

beforeAll(async () => {
  stage = await openStage();
  production = stage.startWorker();
  await production.live();
}, TEST_MS);

afterAll(() => stage?.close(), TEST_MS);

test(
  'a call: the agent comes with its name, greets, and goes when the caller goes',
  async () => {
    const activeJobs = () => production.reportsOn('front-desk').at(-1)?.activeJobs;
    const call = await stage.call('front-desk');
    expect(await call.answered()).toMatchObject({
      [AGENT_ATTRIBUTES.agent]: 'front-desk',
      [AGENT_ATTRIBUTES.deployment]: 'production',
      [AGENT_ATTRIBUTES.worker]: production.id,
      [AGENT_ATTRIBUTES.version]: VERSION,
    });
    await pulsesGoOn(call);
    await expect.poll(() => call.said).toContain('How can I help?');
    await expect.poll(() => call.heard).toBe(true);
    await expect.poll(activeJobs).toBe(1);

    await call.hangUp();
    await expect.poll(() => stage.rooms.listRooms([call.room]), { timeout: CLOSE_MS }).toEqual([]);
    await expect.poll(activeJobs).toBe(0);
  },
  TEST_MS,
);

test(
  'a caller who leaves before hearing anything does not keep a place taken',
  async () => {
    const call = await stage.call('front-desk', { listens: false });
    await call.answered();
    await expect.poll(() => call.pulses).toBeGreaterThan(0);
    await call.hangUp();
    await production.free('front-desk');
  },
  TEST_MS,
);

test(
  'a job process that is killed takes one call with it and nothing else',
  async () => {
    const calls = [await stage.call('line-check')];
    await calls[0]?.worker();
    calls.push(await stage.call('line-check'));
    for (const call of calls) await expect.poll(() => call.pulses).toBeGreaterThan(0);
    const job = production.jobs().find(({ agent }) => agent === 'line-check');
    process.kill(job?.pid as number, 'SIGKILL');

    const [hit, other] = calls as [TestCaller, TestCaller];
    await expect.poll(() => Date.now() - hit.pulseAt).toBeGreaterThan(PULSE_LOST_MS);
    await pulsesGoOn(other);
    await other.type('The boat is blue');
    await expect.poll(() => other.said).toContain('I heard: The boat is blue.');
    await expect
      .poll(() => production.reportsOn('line-check').at(-1))
      .toMatchObject({
        state: 'live',
        activeJobs: 1,
      });
    await Promise.all(calls.map((call) => call.hangUp()));
  },
  TEST_MS,
);

test(
  'a job process that is killed with -9: what it told before arrives',
  async () => {
    const { caller, room } = await greeted();
    // Nobody takes anything while it lives.
    await stage.web.stop();
    await caller.type('The boat is blue');
    await expect.poll(() => caller.said).toContain('I heard: The boat is blue.');
    const job = production.jobs().find(({ agent }) => agent === 'line-check');
    process.kill(job?.pid as number, 'SIGKILL');
    await stage.web.start();
    await expect.poll(() => said(room)).toContain('caller: The boat is blue');
    expect(kinds(room).filter((kind) => kind === 'job_assigned')).toHaveLength(1);
    await caller.hangUp();
  },
  TEST_MS,
);

test(
  'a worker that is killed with -9, jobs and all: the next worker delivers what it left, each once',
  async () => {
    const { caller, room } = await greeted();
    await expect.poll(() => kinds(room)).toContain('agent_joined');
    await stage.web.stop();
    await caller.type('The tree is green');
    await expect.poll(() => caller.said).toContain('I heard: The tree is green.');
    await production.kill();
    await stage.web.start();
    production = stage.startWorker();
    await expect.poll(() => said(room)).toContain('caller: The tree is green');
    expect(kinds(room).filter((kind) => kind === 'agent_joined')).toHaveLength(1);
    await production.live();
    await caller.hangUp();
  },
  TEST_MS,
);

test(
  'a worker that failed does not take the call again; another one does',
  async () => {
    const other = stage.startWorker();
    await other.live();
    for (let i = 0; i < 3; i += 1) {
      const call = await stage.call(undefined);
      const metadata = writeBrief(
        { kind: 'resume', history: [], avoid: production.id },
        { room: call.room, secret: stage.env.LIVEKIT_API_SECRET },
      );
      await stage.dispatches.createDispatch(call.room, 'front-desk', { metadata });
      expect(await call.worker()).toBe(other.id);
      await call.hangUp();
    }
    await production.kill();
    production = other;
  },
  TEST_MS,
);

test(
  'a job whose worker process died says so and leaves',
  async () => {
    const { caller } = await greeted();
    production.signal('SIGKILL');
    await expect.poll(() => caller.agents()).toEqual([]);
    expect(caller.leaving).toBe('orphaned');
    await caller.hangUp();
    production = stage.startWorker();
    await production.live();
  },
  TEST_MS,
);

test(
  'a deployment gets the calls that name it and no others',
  async () => {
    const early = await stage.call('line-check', { deployment: 'staging' });
    first = stage.startWorker(STAGING);
    await first.live();
    const calls = [
      await stage.call('front-desk'),
      await stage.call('line-check', { deployment: 'staging' }),
    ];
    const workers = await Promise.all(calls.map((call) => call.worker()));
    expect(workers).toEqual([production.id, first.id]);
    expect(calls[1]?.agent()?.attributes[AGENT_ATTRIBUTES.deployment]).toBe('staging');
    expect(first.reportsOn('line-check').at(-1)?.deployment).toBe('staging');
    // Who called staging while production alone was there is served by neither: LiveKit asks once.
    expect(early.agent()).toBeUndefined();
    await Promise.all([early, ...calls].map((call) => call.hangUp()));
  },
  TEST_MS,
);

test(
  'a worker without calls that is stopped ends at once, with its processes',
  async () => {
    await production.free('front-desk');
    const jobs = production.jobs();
    expect(jobs.length).toBeGreaterThan(0);
    production.signal('SIGTERM');
    expect(await production.exit).toBe(0);
    await expect.poll(() => jobs.filter(({ pid }) => isRunning(pid))).toEqual([]);
  },
  TEST_MS,
);

test(
  'a full worker takes no more calls, not even two at once, and the next goes to another',
  async () => {
    const calls = await Promise.all(
      [0, 1].map(() => stage.call('front-desk', { deployment: 'staging' })),
    );
    await expect.poll(() => calls.some((call) => call.agent())).toBe(true);
    second = stage.startWorker(STAGING);
    await second.live();
    const next = await stage.call('front-desk', { deployment: 'staging' });
    expect(await next.worker()).toBe(second.id);
    // Until it has greeted, a process for a second job of the first worker would long be there.
    await expect.poll(() => next.said).toContain('How can I help?');
    expect(calls.filter((call) => call.agent())).toHaveLength(1);
    expect(first.reportsOn('front-desk').at(-1)?.activeJobs).toBe(1);
    calls.push(next);
    await Promise.all(calls.map((call) => call.hangUp()));
  },
  TEST_MS,
);

test(
  'a worker that is stopped takes no more calls, lets its call go on for a while, says goodbye',
  async () => {
    const call = await stage.call('line-check', { deployment: 'staging' });
    const [stopped, other] = (await call.worker()) === first.id ? [first, second] : [second, first];
    await expect.poll(() => call.said).toContain('line check');
    const jobs = stopped.jobs();
    const stoppedAt = Date.now();
    stopped.signal('SIGTERM');
    // It goes on for some seconds only, in which the next caller is sent elsewhere.
    const goesOn = pulsesGoOn(call);
    await expect.poll(() => stopped.reportsOn('line-check').at(-1)?.state).toBe('draining');
    const next = await stage.call('line-check', { deployment: 'staging' });
    expect(await next.worker()).toBe(other.id);
    await goesOn;

    await expect.poll(() => call.leftAt).toBeGreaterThan(0);
    expect(call.leaving).toBe('shutdown');
    expect(call.said).toContain('I have to go now.');
    expect(call.saidAt('I am sorry') - stoppedAt).toBeGreaterThanOrEqual(DRAIN_SECONDS * 1_000);
    expect(await stopped.exit).toBe(0);
    await expect.poll(() => jobs.filter(({ pid }) => isRunning(pid))).toEqual([]);
    await pulsesGoOn(next);
  },
  TEST_MS,
);
