// A caller who speaks before the agent has joined, with nothing mocked: the worker, its job
// processes, LiveKit and speech. Milo repeats what he heard.
import { afterAll, expect, test } from 'vitest';
import { sharedStage } from '@/agent/testing/stage';

const WORDS =
  'Good morning, the weather is fine today, and I have a few things to say about the boats.';

const stage = await sharedStage();

afterAll(() => stage.close());

/** Everything heard of the caller, in however many turns. */
const heard = (room: string) =>
  stage.web
    .eventsOf(room)
    .flatMap(({ what }) => (what.kind === 'turn' && what.speaker === 'caller' ? [what.text] : []))
    .join(' ');

/** A caller who has begun to speak into an empty room. */
async function speaking(sends = true) {
  const call = await stage.call(undefined);
  const microphone = await call.speaksAtOnce(stage.speech, WORDS, sends);
  return { call, microphone, milo: () => stage.dispatches.createDispatch(call.room, 'line-check') };
}

test('speech before and while the agent joins is heard completely and once', async () => {
  const { call, milo } = await speaking();
  await milo();
  await expect.poll(() => heard(call.room)).toBe(WORDS);
  await expect.poll(() => call.said).toMatch(/I heard/);
  await call.hangUp();
});

test('speech before the agent joined is answered, even if the caller says nothing more', async () => {
  const { call, microphone, milo } = await speaking();
  await microphone.said();
  await milo();
  await expect.poll(() => heard(call.room)).toBe(WORDS);
  await expect.poll(() => call.said).toMatch(/I heard/);
  await call.hangUp();
});

test('announced pre-connect audio that never arrives times out, and the call continues', async () => {
  const { call, microphone, milo } = await speaking(false);
  await microphone.said();
  await milo();
  await call.answered();
  await microphone.say('The boat is blue.');
  await expect.poll(() => call.said).toContain('I heard: The boat is blue.');
  expect(call.said).not.toMatch(/good morning/i);
  await call.hangUp();
});
