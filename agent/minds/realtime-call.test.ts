// A spoken call to an agent that is a realtime model, with the real worker, LiveKit and speech server:
// it greets, it answers, and when it falls silent the scripted agent goes on in the same call.
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { notices } from '../notices';
import { LIMIT_MS } from '../testing/limit';
import { openStage, type Stage } from '../testing/stage';
import { startRealtimeServer } from './testing/realtime-server';

const TEST_MS = 8 * LIMIT_MS;
let stage: Stage;

/** Waits, in steps of 50 ms, until `value` is as expected; a turn of speech is heard, thought and said. */
const soon = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 2 * LIMIT_MS });

beforeAll(async () => {
  stage = await openStage();
}, TEST_MS);
afterAll(() => stage?.close(), TEST_MS);

test(
  'it greets and answers by voice; silent, it is given up, and the scripted agent answers what was asked',
  async () => {
    const model = await startRealtimeServer([
      { heard: 'What is your address?', say: 'We are next to the library.' },
      { hangs: true },
    ]);
    onTestFinished(() => model.close());
    const worker = stage.startWorker({
      MODELS: 'built-in',
      MODELS_FRONT_DESK: 'realtime:gpt-realtime',
      OPENAI_API_KEY: 'sk-of-openai-0123456789',
      OPENAI_BASE_URL: model.url,
    });
    await worker.live();
    expect(worker.reportsOn('front-desk').at(-1)?.runs?.models[0]).toContain('gpt-realtime');
    expect(worker.reportsOn('billing').at(-1)?.runs?.models).toEqual(['the scripted agent']);

    const call = await stage.call('front-desk');
    await soon(() => call.said).toContain('How can I help?');
    const microphone = await call.speaks(stage.speech);
    await microphone.say('What is your address?');
    await soon(() => call.said).toContain('We are next to the library.');
    await microphone.say('What is your telephone number?');
    await soon(() => call.said).toContain(notices.apology);
    await soon(() => call.said).toContain('Our number is');

    const told = () => stage.web.eventsOf(call.room).map(({ what }) => what);
    await soon(() => told().filter(({ kind }) => kind === 'error')).toEqual([
      expect.objectContaining({
        where: 'model',
        message: expect.stringMatching(/^gpt-realtime \(.*\) failed: .*said nothing for 4 s/),
      }),
    ]);
    const turns = told().flatMap((what) =>
      what.kind === 'turn' && what.speaker === 'caller' ? [what.text] : [],
    );
    expect(turns.filter((text) => text === 'What is your address?')).toHaveLength(1);
    await call.hangUp();
  },
  TEST_MS,
);
