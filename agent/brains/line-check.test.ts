import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import type { Language } from '@/lib/language/language';
import { lineCheckAgent } from '../agents/line-check';
import { StillCall, Talk } from './testing/talk';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const callMilo = (delay?: number, language: Language = 'en') => {
  const call = new StillCall(new Date(), 'staging');
  call.delay = delay;
  call.language = language;
  return new Talk(lineCheckAgent, call);
};

test('repeats what it heard, with the delay and the deployment', async () => {
  expect(await callMilo(540.4).say('The quick brown fox.')).toBe(
    'I heard: The quick brown fox. That took 540 milliseconds, on staging.',
  );
});

test('says no delay where the caller typed', async () => {
  expect(await callMilo().say('the quick brown fox')).toBe('I heard: the quick brown fox.');
});

test('speaks the first sentence before the delay is known', async () => {
  const milo = callMilo();
  let begun: (ms: number) => void = () => undefined;
  milo.call.answerDelay = () =>
    new Promise((resolve) => {
      begun = resolve;
    });
  milo.context.addMessage({ role: 'user', content: 'hello' });
  const stream = milo.brain.chat({ chatCtx: milo.context });
  expect((await stream.next()).value?.delta?.content).toBe('I heard: hello.');
  await stream.next();
  begun(300);
  expect((await stream.next()).value?.delta?.content).toContain('300 milliseconds');
});

test('an answer that is thrown away does not wait for its audio', async () => {
  const milo = callMilo();
  milo.call.answerDelay = () => new Promise(() => undefined);
  milo.context.addMessage({ role: 'user', content: 'hello' });
  const stream = milo.brain.chat({ chatCtx: milo.context });
  await stream.next();
  stream.close();
  const rest: string[] = [];
  for await (const chunk of stream) rest.push(chunk.delta?.content ?? '');
  expect(rest.join('')).toBe('');
});

test.each(['Goodbye.', 'Good-by.'])('%s ends the call', async (heard) => {
  const milo = callMilo();
  expect(await milo.say(heard)).toContain('Goodbye');
  expect(milo.call.ended).toBe(true);
});

test('does all of it in German', async () => {
  const milo = callMilo(540.4, 'de');
  expect(await milo.say('Der schnelle braune Fuchs.')).toBe(
    'Ich habe gehört: Der schnelle braune Fuchs. Das hat 540 Millisekunden gedauert, auf staging.',
  );
  expect(await milo.say('Ich lege gleich auf, sagte der Fuchs.')).toContain('gehört: Ich lege');
  expect(await milo.say('...')).toBe('Ich habe nichts gehört. Bitte sagen Sie etwas.');
  expect(milo.call.ended).toBe(false);
  expect(await milo.say('Tschüss!')).toContain('Auf Wiederhören.');
  expect(milo.call.ended).toBe(true);
});

test.each(['Auf Wiederhören.', 'tschuess', 'Das war alles, danke.', 'Bitte auflegen'])(
  'ends on “%s”',
  async (text) => {
    const milo = callMilo(undefined, 'de');
    await milo.say(text);
    expect(milo.call.ended).toBe(true);
  },
);
