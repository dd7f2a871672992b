// The worker with nothing mocked: the bundled process and its job processes, a LiveKit server, a speech server and
// callers. Its processes are killed and stopped as in production.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller } from '@/agent/testing/caller';
import { startOpenAi } from '@/agent/testing/openai';
import { openStage, type Stage } from '@/agent/testing/stage';
import type { TestWorker } from '@/agent/testing/worker-process';
import { VERSION } from '@/lib/core/version';
import { writeHandoffContext } from '@/lib/dispatch/handoff-context';
import {
  AGENT_ATTRIBUTES,
  AGENT_STATE_ATTRIBUTE,
  HEARTBEAT_TIMEOUT_MS,
} from '@/lib/livekit/attributes';
import { isRunning } from '@/lib/testing/processes';
import { type RecordingProxy, startRecordingProxy } from '@/lib/testing/recording-proxy';
import { TIMEOUT_MS } from '@/lib/testing/wait-for';

/** Seconds that a stopping worker lets calls continue. */
const DRAIN_SECONDS = 3;
const dataDir = process.env.DATA_DIR as string;
const SETTINGS = {
  AGENT_DRAIN_SECONDS: `${DRAIN_SECONDS}`,
  DATA_DIR: dataDir,
  RECORD_CALLS: 'egress',
};
/** Milliseconds to close a room that its caller has left; LiveKit itself would keep it open for 20 s. */
const CLOSE_MS = 5_000;

/** What Quinn says, and hears. */
const GREETING = 'Hello, this is Quinn.';
const QUESTION = 'Are you from the docs?';
const ANSWER = 'Yes, I am from the docs.';

let stage: Stage;
let production: TestWorker;
/** Stands in for OpenAI, which Quinn uses. */
let openAi: Awaited<ReturnType<typeof startOpenAi>>;
/** Refuses everything. LiveKit's client would use it for 127.0.0.1 too. */
let proxy: RecordingProxy;

/** The variables as companies set them. */
const proxied = () =>
  Object.fromEntries(
    ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'].map(
      (name) => [name, proxy.url],
    ),
  );

async function heartbeatsContinue(call: TestCaller) {
  const { heartbeats } = call;
  await expect.poll(() => call.heartbeats).toBeGreaterThan(heartbeats + 2);
}

/** A call with the line check that has spoken. */
async function greeted(): Promise<TestCaller> {
  const caller = await stage.call('line-check');
  await expect.poll(() => caller.said).toContain('line check');
  return caller;
}
const kinds = (room: string) => stage.web.eventsOf(room).map(({ what }) => what.kind);
const said = (room: string) =>
  stage.web
    .eventsOf(room)
    .flatMap(({ what }) => (what.kind === 'turn' ? [`${what.by}: ${what.text}`] : []));

beforeAll(async () => {
  [stage, proxy] = await Promise.all([openStage(), startRecordingProxy(403)]);
  const words = (say: string) => () => ({ say });
  openAi = await startOpenAi(stage.speech, [GREETING, ANSWER, GREETING, GREETING].map(words));
  production = stage.startWorker({
    ...{ ...SETTINGS, ...proxied() },
    ...{ OPENAI_API_KEY: 'a-key-of-openai', OPENAI_BASE_URL: openAi.url },
    ...{ LIVEKIT_AGENT_NAME_OVERRIDE: 'assistant', LIVEKIT_AGENT_NAME: 'assistant' },
  });
  await production.live();
});

afterAll(async () => {
  await stage?.close();
  await openAi?.close();
  proxy?.close();
});

test('a call: the agent joins with its name, greets, and leaves when the caller leaves', async () => {
  const activeJobs = () => production.reportsOn('front-desk').at(-1)?.activeJobs;
  const call = await stage.call('front-desk');
  expect(await call.answered()).toMatchObject({
    [AGENT_ATTRIBUTES.agent]: 'front-desk',
    [AGENT_ATTRIBUTES.deployment]: 'production',
    [AGENT_ATTRIBUTES.worker]: production.id,
    [AGENT_ATTRIBUTES.version]: VERSION,
    [AGENT_ATTRIBUTES.watched]: 'yes',
  });
  await heartbeatsContinue(call);
  await expect.poll(() => call.said).toContain('How can I help?');
  await expect.poll(() => call.heard).toBe(true);
  await expect.poll(activeJobs).toBe(1);
  // Egress records, not the worker.
  expect(call.said).toMatch(/^This call may be recorded\. \w+/);
  expect(call.agent()?.attributes[AGENT_ATTRIBUTES.recording] ?? '').toBe('');

  await call.hangUp();
  await expect.poll(() => stage.rooms.listRooms([call.room]), { timeout: CLOSE_MS }).toEqual([]);
  await expect.poll(activeJobs).toBe(0);
  await expect.poll(() => kinds(call.room)).toContain('agent_left');
  expect(kinds(call.room)).not.toContain('recording');
  expect(existsSync(join(dataDir, 'events'))).toBe(true);
  expect(existsSync(join(dataDir, 'recordings'))).toBe(false);
});

test("an agent's file from LiveKit's docs: it is called by the name of the file, reported like the others, and ends with its caller", async () => {
  const call = await stage.call('quinn');
  expect(await call.answered()).toMatchObject({
    [AGENT_ATTRIBUTES.agent]: 'quinn',
    [AGENT_ATTRIBUTES.deployment]: 'production',
    [AGENT_ATTRIBUTES.worker]: production.id,
    [AGENT_ATTRIBUTES.version]: VERSION,
  });
  expect(call.agent()?.name).toBe('Quinn');
  // The page notices that it is stuck.
  expect(call.agent()?.attributes).not.toHaveProperty([AGENT_ATTRIBUTES.watched]);
  await expect.poll(() => call.said).toContain(GREETING);
  await expect.poll(() => call.heard).toBe(true);
  await heartbeatsContinue(call);
  const speaker = await call.speaks(stage.speech);
  await speaker.say(QUESTION);
  await expect.poll(() => call.said).toContain(ANSWER);
  await expect
    .poll(() => said(call.room))
    .toEqual([`Quinn: ${GREETING}`, `caller: ${QUESTION}`, `Quinn: ${ANSWER}`]);
  const job = production.jobs().find(({ agent }) => agent === 'quinn');

  await call.hangUp();
  await expect.poll(() => stage.rooms.listRooms([call.room]), { timeout: CLOSE_MS }).toEqual([]);
  await expect.poll(() => isRunning(job?.pid as number)).toBe(false);
  const events = ['job_assigned', 'agent_joined', 'first_audio', 'usage', 'agent_left', 'ended'];
  await expect.poll(() => kinds(call.room)).toEqual(expect.arrayContaining(events));
  expect(kinds(call.room)).not.toContain('error');
});

test.each([
  { by: 'an agent that hands off', hasContext: true },
  { by: "the code of another program's agent", hasContext: false },
])(
  "an agent's file from LiveKit's docs takes over from $by once that leaves",
  async ({ by: room, hasContext }) => {
    const attributes = { [AGENT_STATE_ATTRIBUTE]: 'listening' };
    const before = await stage.call(undefined, {
      room,
      identity: 'before',
      kind: 'agent',
      attributes,
    });
    const call = await stage.call(undefined, { room });
    const from = { agent: 'line-check', person: 'Milo', identity: before.identity };
    const metadata = writeHandoffContext(
      { kind: 'handoff', from, summary: 'Wants to talk to Quinn.', said: [] },
      { room, secret: stage.env.LIVEKIT_API_SECRET },
    );
    await stage.dispatches.createDispatch(room, 'quinn', hasContext ? { metadata } : {});
    const quinn = () => call.agents().find(({ name }) => name === 'Quinn')?.attributes;
    // What the agent before waits for.
    await expect.poll(quinn).toMatchObject({
      [AGENT_ATTRIBUTES.waiting]: 'yes',
      [AGENT_STATE_ATTRIBUTE]: 'initializing',
    });
    await heartbeatsContinue(call);
    expect(call.said).toBe('');
    await before.hangUp();
    await expect.poll(() => call.said).toContain(GREETING);
    await expect.poll(() => quinn()?.[AGENT_ATTRIBUTES.waiting]).toBe('no');
    await call.hangUp();
  },
);

test('a proxy of the environment is used neither by the worker nor by a caller', async () => {
  for (const [name, value] of Object.entries(proxied())) vi.stubEnv(name, value);
  const call = await greeted();
  await call.hangUp();
  vi.unstubAllEnvs();
  expect(proxy.asked).toEqual([]);
});

test('connect: a worker joins the room that its command names', async () => {
  const call = await stage.call(undefined);
  const settings = { ...SETTINGS, AGENT_NAME: 'line-check' };
  const worker = stage.startWorker(settings, 'connect', '--room', call.room);
  await expect.poll(() => call.said, { timeout: 3 * TIMEOUT_MS }).toContain('line check');
  expect(call.agent()?.attributes[AGENT_ATTRIBUTES.worker]).toBe(worker.id);
  await call.hangUp();
  await worker.kill();
});

test('a caller who leaves before hearing anything does not keep a slot occupied', async () => {
  const call = await stage.call('front-desk', { listens: false });
  await call.answered();
  await expect.poll(() => call.heartbeats).toBeGreaterThan(0);
  await call.hangUp();
  await production.free('front-desk');
});

test('killing a job process ends one call and nothing else, and its earlier events are delivered', async () => {
  const calls = [await greeted()];
  calls.push(await greeted());
  // While the web process is down, nobody receives events.
  await stage.web.stop();
  const [hit, other] = calls as [TestCaller, TestCaller];
  await hit.type('The boat is blue');
  await expect.poll(() => hit.said).toContain('I heard: The boat is blue.');
  const job = production.jobs().find(({ agent }) => agent === 'line-check');
  process.kill(job?.pid as number, 'SIGKILL');
  await stage.web.start();

  await expect.poll(() => said(hit.room)).toContain('caller: The boat is blue');
  expect(kinds(hit.room).filter((kind) => kind === 'job_assigned')).toHaveLength(1);
  await expect.poll(() => Date.now() - hit.heartbeatAt).toBeGreaterThan(HEARTBEAT_TIMEOUT_MS);
  await heartbeatsContinue(other);
  await other.type('The sun is up');
  await expect.poll(() => other.said).toContain('I heard: The sun is up.');
  await expect
    .poll(() => production.reportsOn('line-check').at(-1))
    .toMatchObject({
      state: 'live',
      activeJobs: 1,
    });
  await Promise.all(calls.map((call) => call.hangUp()));
});

test('a worker killed with -9: its job reports that and leaves; the next worker delivers the remaining events, each once', async () => {
  const caller = await greeted();
  const { room } = caller;
  await expect.poll(() => kinds(room)).toContain('agent_joined');
  await stage.web.stop();
  await caller.type('The tree is green');
  await expect.poll(() => caller.said).toContain('I heard: The tree is green.');
  production.signal('SIGKILL');
  await expect.poll(() => caller.agents()).toEqual([]);
  expect(caller.leaving).toBe('orphaned');
  await stage.web.start();
  production = stage.startWorker(SETTINGS);
  await expect.poll(() => said(room)).toContain('caller: The tree is green');
  expect(kinds(room).filter((kind) => kind === 'agent_joined')).toHaveLength(1);
  await production.live();
  await caller.hangUp();
});

test('a stopped worker accepts no calls, lets its call continue for a while, says goodbye, and exits with its processes', async () => {
  const call = await greeted();
  const jobs = production.jobs();
  expect(jobs.length).toBeGreaterThan(1);
  const stoppedAt = Date.now();
  production.signal('SIGTERM');
  // The call continues for a few seconds, in which the next caller is not served.
  const goesOn = heartbeatsContinue(call);
  await expect.poll(() => production.reportsOn('line-check').at(-1)?.state).toBe('draining');
  const next = await stage.call('line-check');
  await goesOn;

  await expect.poll(() => call.leftAt).toBeGreaterThan(0);
  expect(call.leaving).toBe('shutdown');
  // Words come by another connection than who leaves: the last ones may be read later.
  await expect.poll(() => call.said).toContain('I have to go now.');
  expect(call.saidAt('I am sorry') - stoppedAt).toBeGreaterThanOrEqual(DRAIN_SECONDS * 1_000);
  expect(await production.exit).toBe(0);
  expect(next.agent()).toBeUndefined();
  await expect.poll(() => jobs.filter(({ pid }) => isRunning(pid))).toEqual([]);
});
