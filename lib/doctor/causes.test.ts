// Causes, caused for real: LiveKit's server as `npm start` configures it, and workers as processes that
// are full, silent, turned away. The doctor has to name that cause and no other.

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { freePort } from '@/lib/testing/ports';
import { withoutProbes } from './sightings';
import { neverBlames, sendFor, verdict } from './testing/judge';
import { joinWithoutMedia } from './testing/signal-only';
import { type DoctorStage, doctorStage, LIMIT_MS, type OddWorker } from './testing/stage';
import { examineRoom } from './why/why';

/** Milliseconds for a whole test. */
const TEST_MS = 5 * LIMIT_MS;

let stage: DoctorStage;
beforeAll(async () => {
  stage = await doctorStage();
}, TEST_MS);
afterEach(() => stage.endWorkers(), TEST_MS);
afterAll(() => stage?.close(), TEST_MS);

/** A worker that is registered. */
async function started(...odd: Parameters<DoctorStage['worker']>): Promise<OddWorker> {
  const worker = stage.worker(...odd);
  await worker.live();
  return worker;
}

it('no worker of that name', { timeout: TEST_MS }, async () => {
  const room = await sendFor(stage, 'nobody-at-all');
  await neverBlames(stage, room, 'no-worker');
});

it('a worker that is full', { timeout: TEST_MS }, async () => {
  await started({ way: 'full', agent: 'always-full' });
  await neverBlames(stage, await sendFor(stage, 'always-full'), 'full');
});

it('a worker whose request handler never answers', { timeout: TEST_MS }, async () => {
  await started({ way: 'silent', agent: 'never-answers' });
  await neverBlames(stage, await sendFor(stage, 'never-answers'), 'unanswered');
});

it('a worker that refuses', { timeout: TEST_MS }, async () => {
  await started({ way: 'rejects', agent: 'says-no' });
  await neverBlames(stage, await sendFor(stage, 'says-no'), 'refused');
});

it('a worker that refuses and tells why', { timeout: TEST_MS }, async () => {
  await started({ way: 'rejects', agent: 'says-why' });
  const room = await sendFor(stage, 'says-why');
  const about = { agent: 'says-why', deployment: 'production', worker: 'w-7' };
  const what = { kind: 'job_refused', job: 'AJ', ...about, reason: 'it is Sunday' } as const;
  withoutProbes([{ id: 'e', room, source: 'worker:w-7', at: Date.now(), what }]);
  expect((await verdict(stage, room, 'refused')).seen).toContain('“it is Sunday”');
});

it('a job that was taken and never joined', { timeout: TEST_MS }, async () => {
  await started({ way: 'never-joins', agent: 'stays-away' });
  await neverBlames(stage, await sendFor(stage, 'stays-away'), 'never-joined');
});

it('a worker that takes calls and cannot start them', { timeout: TEST_MS }, async () => {
  const worker = await started({ way: 'cannot-start', agent: 'cannot-start' });
  const room = await sendFor(stage, 'cannot-start');
  await neverBlames(stage, room, 'never-joined');
  expect(worker.pid).toBeGreaterThan(0);
});

it('a worker that is turned away for its secret', { timeout: TEST_MS }, async () => {
  const settings = { LIVEKIT_API_SECRET: 'x'.repeat(40) };
  stage.worker({ agent: 'billing', settings });
  await verdict(stage, await sendFor(stage, 'billing'), 'worker-secret');
});

it('a worker whose clock is an hour ahead', { timeout: TEST_MS }, async () => {
  const shifted = `const Real = Date; const by = 3_600_000;
    globalThis.Date = class extends Real {
      constructor(...given) { if (given.length) super(...given); else super(Real.now() + by); }
      static now() { return Real.now() + by; }
    };`;
  const code = `data:text/javascript,${encodeURIComponent(shifted)}`;
  stage.worker({ agent: 'line-check', settings: { NODE_OPTIONS: `--import=${code}` } });
  await verdict(stage, await sendFor(stage, 'line-check'), 'worker-clock');
});

it('a worker that looks for its server elsewhere', { timeout: TEST_MS }, async () => {
  const port = await freePort();
  const settings = { LIVEKIT_URL: `ws://127.0.0.1:${port}` };
  stage.worker({ agent: 'goes-elsewhere', settings });
  await verdict(stage, await sendFor(stage, 'goes-elsewhere'), 'wrong-server');
});

it.each([
  ['agent', 'agent-media-blocked'],
  ['standard', 'caller-media-blocked'],
] as const)(
  'a network that lets no sound of this kind through: %s',
  { timeout: TEST_MS },
  async (kind, cause) => {
    const room = await sendFor(stage, 'nobody-at-all');
    const leave = await joinWithoutMedia(stage.config, room, kind);
    expect((await verdict(stage, room, cause)).todo).toContain('ports for audio');
    leave();
  },
);

it('a worker whose deployment the server refuses', { timeout: TEST_MS }, async () => {
  stage.worker({ agent: 'front-desk', settings: { LIVEKIT_AGENT_DEPLOYMENT: 'a_b' } });
  await expect
    .poll(
      async () => (await examineRoom(stage.config, await sendFor(stage, 'front-desk'))).evidence,
      {
        timeout: LIMIT_MS,
        interval: 1_000,
      },
    )
    .toContainEqual(expect.stringContaining('unable to handle worker signal'));
});
