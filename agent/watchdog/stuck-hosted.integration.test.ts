// Whole calls with hosted models that are stuck: the caller is answered all the same, and the timeline says what was stuck.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, type ExpectStatic, test } from 'vitest';
import { notices } from '@/agent/core/notices';
import { startGateway } from '@/agent/models/testing/gateway';
import type { TestCaller } from '@/agent/testing/caller';
import { type Reply, startChatServer } from '@/agent/testing/chat-server';
import { openStage, type Stage } from '@/agent/testing/stage';
import { bundleWorker } from '@/agent/testing/worker-process';
import type { EventKind } from '@/lib/calls/event';

/** What the language model answers. */
function reply(last: string): Reply {
  if (last === 'Look it up.') return { call: { name: 'lookUp', args: {} } };
  if (last === 'The boat is blue') return { stalls: true };
  return { say: `You said: ${last}` };
}

/** Whether something else is said before. */
const PLACES = [
  ['before the first words', false],
  ['between words', true],
] as const;

let stage: Stage;
let folder: string;
let chat: Awaited<ReturnType<typeof startChatServer>>;
let gateway: Awaited<ReturnType<typeof startGateway>>;

beforeAll(async () => {
  [folder, chat, gateway] = await Promise.all([
    bundleWorker({ 'agent/agents/line-check.ts': 'agent/testing/faulty-agent.ts' }),
    startChatServer(Array.from({ length: 100 }, () => reply)),
    startGateway({ hears: 'What is your address?' }),
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
async function call(expect: ExpectStatic, agent: string, greeting: string) {
  const caller = await stage.call(agent);
  await expect.poll(() => caller.said).toContain(greeting);
  const reported = (kind: EventKind) =>
    stage.web.eventsOf(caller.room).flatMap(({ what }) => (what.kind === kind ? [what] : []));
  return { caller, reported };
}

/** Types it, and waits for the answer. */
async function typed(
  expect: ExpectStatic,
  caller: TestCaller,
  words: string,
  answer: string | RegExp,
): Promise<void> {
  const before = caller.said.length;
  await caller.type(words);
  await expect.poll(() => caller.said.slice(before)).toMatch(answer);
  await expect.poll(() => caller.agent()?.attributes['lk.agent.state']).toBe('listening');
}

// The typed calls share nothing, and mostly wait. The spoken ones, below, set what the gateway does.
test.concurrent.for(PLACES)(
  'a tool that never returns, %s: the caller is told to wait, and is answered without its result',
  async ([, isLater], { expect }) => {
    const { caller, reported } = await call(expect, 'line-check', 'Say something');
    if (isLater) await typed(expect, caller, 'Good morning', 'You said: Good morning');
    await caller.type('Look it up.');
    await expect.poll(() => caller.said).toContain(notices.oneMoment);
    await expect.poll(() => caller.said).toContain('did not answer in 20 s');
    expect(reported('stuck')).toMatchObject([{ part: 'tool', done: 'abandoned' }]);
    await typed(expect, caller, 'Thank you', 'You said: Thank you');
    await caller.hangUp();
  },
);

test.concurrent.for(PLACES)(
  'a model that opens its stream and stays silent, %s: the scripted agent answers',
  async ([, isLater], { expect }) => {
    const { caller, reported } = await call(expect, 'line-check', 'Say something');
    if (isLater) await typed(expect, caller, 'Good morning', 'You said: Good morning');
    await typed(expect, caller, 'The boat is blue', 'I heard: The boat is blue.');
    // A further request, which tries whether it answers again, can fail as well.
    expect(reported('error')[0]).toMatchObject({ where: 'model' });
    await caller.hangUp();
  },
);

test.for(PLACES)(
  'a recognizer that accepts sound and never answers, %s: the own one hears what was said, and the rest',
  async ([, isLater], { expect }) => {
    gateway.hangs = !isLater;
    const { caller, reported } = await call(expect, 'front-desk', 'How can I help?');
    const microphone = await caller.speaks(stage.speech);
    await microphone.say('What is your address?');
    await expect.poll(() => caller.said).toContain('We are');
    // The gateway transcribes one sentence.
    if (isLater) expect(reported('stuck'), JSON.stringify(reported('turn'))).toEqual([]);
    else await expect.poll(() => reported('stuck')).toHaveLength(1);
    await microphone.say('What is your telephone number?');
    await expect.poll(() => caller.said).toContain('Our number is');
    expect(reported('stuck')).toMatchObject([{ part: 'stt', done: 'exchanged' }]);
    const asked = reported('turn').flatMap((turn) =>
      'speaker' in turn && turn.speaker === 'caller' ? [turn.text] : [],
    );
    expect(asked).toEqual(['What is your address?', 'What is your telephone number?']);
    await caller.hangUp();
  },
);

test.for(PLACES)(
  'a voice that accepts text and never speaks, %s: the own one speaks it',
  async ([, isLater], { expect }) => {
    gateway.hangs = !isLater;
    const { caller, reported } = await call(expect, 'billing', 'Frank');
    if (isLater) await typed(expect, caller, 'What does a cleaning cost?', /90|dollars/);
    gateway.hangs = true;
    await typed(expect, caller, 'What does a cleaning cost?', /90|dollars/);
    expect(reported('turn').length).toBeGreaterThan(1);
    await caller.hangUp();
  },
);
