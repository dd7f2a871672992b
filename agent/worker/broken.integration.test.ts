// Workers that cannot start jobs: files are removed and restored under a running worker, a model cannot be loaded, and idle job
// processes are killed. And one whose agents cannot speak.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openStage, type Stage } from '@/agent/testing/stage';
import type { TestWorker } from '@/agent/testing/worker-process';
import type { WorkerReport } from '@/lib/livekit/worker-report';

let stage: Stage;
let worker: TestWorker;
/** The file that `line-check` jobs of this stage import, and a copy of it. */
let file: string;
let copy: string;

const last = (): Partial<WorkerReport> => worker.reportsOn('line-check').at(-1) ?? {};
/** Idle job processes of a worker on production. */
const IDLE = 2;
/** The idle job processes, once those of earlier calls have exited. */
async function idle(): Promise<readonly number[]> {
  const pids = () => worker.jobs().map(({ pid }) => pid);
  await expect.poll(() => [last().warm, last().activeJobs, pids().length]).toEqual([IDLE, 0, IDLE]);
  return pids();
}
function kill(pids: readonly number[]): void {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

beforeAll(async () => {
  stage = await openStage({ ownBundle: true });
  file = join(stage.folder, 'agent/agents/line-check.js');
  copy = join(stage.folder, 'agent/agents/whole.js');
  copyFileSync(file, copy);
  worker = stage.startWorker();
  await worker.live();
});

afterAll(() => stage?.close());

test('reports the machine, the load, the idle processes and the event loop lag', async () => {
  await expect.poll(() => last().warm).toBe(IDLE);
  expect(last()).toMatchObject({ state: 'live', load: 0, activeJobs: 0, maxJobs: 8 });
  expect(last().host).toMatch(/./);
  expect(last().lagMs).toBeGreaterThanOrEqual(0);
  const call = await stage.call('line-check');
  await call.answered();
  await expect.poll(() => last().newRooms).toEqual([call.room]);
  await expect.poll(() => last().load).toBeGreaterThan(0);
  await call.hangUp();
  await expect.poll(() => last().load).toBe(0);
});

test('killed idle processes are replaced, and no call is lost', async () => {
  kill(await idle());
  const call = await stage.call('line-check');
  await call.answered();
  await expect.poll(() => call.said).toContain('line check');
  await expect.poll(() => last().lastError?.message).toContain('SIGKILL');
  expect(last().state).toBe('live');
  await call.hangUp();
});

test('without a speech server, an agent says everything in writing, from its greeting on', async () => {
  const nowhere = 'http://127.0.0.1:9/v1';
  const settings = { LIVEKIT_AGENT_DEPLOYMENT: 'staging', SPEECH_TTS_URL: nowhere };
  await stage.startWorker(settings).live();
  const call = await stage.call('line-check', { deployment: 'staging' });
  await expect.poll(() => call.said).toContain('line check');
  await call.type('The boat is blue');
  await expect.poll(() => call.said).toContain('I heard: The boat is blue.');
  expect(call.heard).toBe(false);
  await call.hangUp();
});

test('a missing file: broken with the actual error, live once it is restored', async () => {
  const processes = await idle();
  onTestFinished(() => copyFileSync(copy, file));
  writeFileSync(file, "import 'not-installed';\n");
  const billing = join(stage.folder, 'agent/agents/billing.js');
  const whole = readFileSync(billing);
  writeFileSync(billing, 'process.exit(3);\n');
  kill(processes);
  const notInstalled = { state: 'broken', error: expect.stringContaining("'not-installed'") };
  await expect.poll(last).toMatchObject(notInstalled);
  const exits = { state: 'broken', error: 'It calls process.exit(3).' };
  expect(worker.reportsOn('billing').at(-1)).toMatchObject(exits);
  expect(worker.reportsOn('front-desk').at(-1)?.state).toBe('live');
  await expect.poll(() => last().load).toBe(1);

  // The other agents are served meanwhile.
  const other = await stage.call('front-desk');
  await other.answered();
  await other.hangUp();

  writeFileSync(billing, whole);
  copyFileSync(copy, file);
  await expect.poll(() => last()).toMatchObject({ state: 'live', warm: IDLE, load: 0 });
  const call = await stage.call('line-check');
  expect(await call.worker()).toBe(worker.id);
  await expect.poll(() => call.said).toContain('line check');
  await call.hangUp();
});

test('a model that cannot be loaded: broken with the actual error', async () => {
  const processes = await idle();
  const program = join(stage.folder, 'agent/worker/any-agent.js');
  copyFileSync(program, join(stage.folder, 'agent/worker/whole.js'));
  rmSync(program);
  writeFileSync(join(stage.folder, 'agent/worker/fault.cjs'), FAULT);
  writeFileSync(program, "import './fault.cjs';\nexport { default } from './whole.js';\n");
  kill(processes);
  const notLoaded = /failed to load @livekit\/local-inference/;
  await expect
    .poll(last)
    .toMatchObject({ state: 'broken', error: expect.stringMatching(notLoaded) });
  expect(last().error).toContain('the disk is gone');
});

/** Makes the native voice activity model fail to load. */
const FAULT = `
const Module = require('node:module');
const load = Module._load;
Module._load = function (name, ...rest) {
  if (name.startsWith('@livekit/local-inference-')) throw new Error('the disk is gone');
  return load.call(this, name, ...rest);
};
`;
