// A caller who speaks before the agent is there, with nothing replaced: the worker, its job processes,
// LiveKit and speech. Milo says back what he heard.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMIT_MS } from '../testing/limit';
import { type SharedStage, sharedStage } from '../testing/stage';

const TEST_MS = 5 * LIMIT_MS;
const WORDS =
  'Good morning, the weather is fine today, and I have a few things to say about the boats.';

let stage: SharedStage;

beforeAll(async () => {
  stage = await sharedStage();
}, TEST_MS);

afterAll(() => stage?.close(), TEST_MS);

/** All that was heard of the caller, in as many turns as it was taken for. */
const heard = (room: string) =>
  stage.web
    .eventsOf(room)
    .flatMap(({ what }) => (what.kind === 'turn' && what.speaker === 'caller' ? [what.text] : []))
    .join(' ');

/** A caller who has begun to speak into a room that nobody is in. */
async function speaking(sends = true) {
  const call = await stage.call(undefined);
  const microphone = await call.speaksAtOnce(stage.speech, WORDS, sends);
  return { call, microphone, milo: () => stage.dispatches.createDispatch(call.room, 'line-check') };
}

test(
  'what was said before the agent came, and what is said while it comes, is heard whole and once',
  async () => {
    const { call, milo } = await speaking();
    await milo();
    await expect.poll(() => heard(call.room)).toBe(WORDS);
    await expect.poll(() => call.said).toMatch(/I heard/);
    await call.hangUp();
  },
  TEST_MS,
);

test(
  'what was said before the agent came is answered, though the caller says nothing more',
  async () => {
    const { call, microphone, milo } = await speaking();
    await microphone.said();
    await milo();
    await expect.poll(() => heard(call.room)).toBe(WORDS);
    await expect.poll(() => call.said).toMatch(/I heard/);
    await call.hangUp();
  },
  TEST_MS,
);

test(
  'words that are announced but never sent are waited for only so long: the call goes on',
  async () => {
    const { call, microphone, milo } = await speaking(false);
    await microphone.said();
    await milo();
    await call.answered();
    await microphone.say('The boat is blue.');
    await expect.poll(() => call.said).toContain('I heard: The boat is blue.');
    expect(call.said).not.toMatch(/good morning/i);
    await call.hangUp();
  },
  TEST_MS,
);
