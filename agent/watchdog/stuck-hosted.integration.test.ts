// Whole calls with hosted models that are stuck: the caller is answered all the same, and the timeline says what was stuck.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notices } from '@/agent/core/notices';
import { startGateway } from '@/agent/models/testing/gateway';
import { startChatServer } from '@/agent/testing/chat-server';
import { openStage, type Stage } from '@/agent/testing/stage';
import { bundleWorker } from '@/agent/testing/worker-process';
import type { EventKind } from '@/lib/calls/event';

let stage: Stage;
let folder: string;
let chat: Awaited<ReturnType<typeof startChatServer>>;
let gateway: Awaited<ReturnType<typeof startGateway>>;

beforeAll(async () => {
  [folder, chat, gateway] = await Promise.all([
    bundleWorker({ 'agent/agents/line-check.ts': 'agent/testing/faulty-agent.ts' }),
    startChatServer([
      () => ({ call: { name: 'lookUp', args: {} } }),
      (result) => ({ say: `The tool said: ${result}` }),
      () => ({ hang: true }),
    ]),
    startGateway({ hangs: true }),
  ]);
  stage = await openStage({ folder });
  await stage
    .startWorker({
      LLM_URL: chat.url,
      MODELS: 'built-in',
      MODELS_LINE_CHECK: 'compatible:small',
      STT_FRONT_DESK: 'inference:deepgram/nova-3',
      TTS_BILLING: 'inference:cartesia/sonic-3',
      LIVEKIT_INFERENCE_URL: gateway.url,
      LIVEKIT_INFERENCE_API_KEY: 'gateway-key',
      LIVEKIT_INFERENCE_API_SECRET: 'a-secret-that-is-long-enough-for-a-gateway',
    })
    .live();
});
afterAll(async () => {
  await stage?.close();
  await chat?.close();
  await gateway?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A greeted call, and its events of one kind. */
async function call(agent: string, greeting: string) {
  const caller = await stage.call(agent);
  await expect.poll(() => caller.said).toContain(greeting);
  const reported = (kind: EventKind) =>
    stage.web.eventsOf(caller.room).flatMap(({ what }) => (what.kind === kind ? [what] : []));
  return { caller, reported };
}

test('a tool that never returns: the caller is told to wait, and is answered without its result', async () => {
  const { caller, reported } = await call('line-check', 'Say something');
  await caller.type('Look it up.');
  await expect.poll(() => caller.said).toContain(notices.oneMoment);
  await expect.poll(() => caller.said).toContain('did not answer in 20 s');
  expect(reported('stuck')).toMatchObject([{ part: 'tool', done: 'abandoned' }]);
  await caller.hangUp();
});

test('a model that opens its stream and stays silent: the scripted agent answers', async () => {
  const { caller, reported } = await call('line-check', 'Say something');
  await caller.type('The boat is blue');
  await expect.poll(() => caller.said).toContain('I heard: The boat is blue.');
  expect(reported('error')).toMatchObject([{ where: 'model' }]);
  await caller.hangUp();
});

test('a recognizer that accepts sound and never answers: the own one hears what was said, and the rest', async () => {
  const { caller, reported } = await call('front-desk', 'How can I help?');
  const microphone = await caller.speaks(stage.speech);
  await microphone.say('What is your address?');
  await expect.poll(() => caller.said).toContain('We are');
  await expect.poll(() => reported('stuck')).toMatchObject([{ part: 'stt', done: 'exchanged' }]);
  await microphone.say('What is your telephone number?');
  await expect.poll(() => caller.said).toContain('Our number is');
  const asked = reported('turn').flatMap((turn) =>
    'speaker' in turn && turn.speaker === 'caller' ? [turn.text] : [],
  );
  expect(asked).toEqual(['What is your address?', 'What is your telephone number?']);
  await caller.hangUp();
});

test('a voice that accepts text and never speaks: the own one speaks it', async () => {
  const { caller, reported } = await call('billing', 'Frank');
  await caller.type('What does a cleaning cost?');
  await expect.poll(() => caller.said).toMatch(/90|dollars/);
  expect(reported('turn').length).toBeGreaterThan(1);
  await caller.hangUp();
});
