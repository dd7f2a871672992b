// Which language an agent speaks, by its settings and the caller's language.
import { expect, test } from 'vitest';
import { heardLanguage, spokenLanguage } from './spoken-language';
import { settings } from './testing/model-call';

const HOSTED = { STT: 'inference:deepgram/nova-3', TTS: 'inference:cartesia/sonic-3' };
const ELSEWHERE = { SPEECH_STT_MODEL: 'whisper-1', SPEECH_TTS_MODEL: 'tts-1' };
const MODEL = { OPENAI_API_KEY: 'k', MODELS: 'openai:gpt-5' };
const REALTIME = { OPENAI_API_KEY: 'k', MODELS: 'realtime:gpt-realtime' };
const WITH_GERMAN = { en: 'Hello.', de: 'Hallo.' };
const INSTALLED = { 'piper-thorsten': ['de'], kokoro: ['en'], 'whisper-base': ['en', 'de'] };

test.each<[string, Record<string, string>, string | undefined, string, string]>([
  ['the built-in speech is English', {}, 'de', 'en', 'en'],
  ['so it is with a model', MODEL, 'de', 'en', 'en'],
  ['hosted speech', HOSTED, 'de', 'de', 'de'],
  ['hosted speech, with a region', HOSTED, 'de-AT', 'de', 'de'],
  ['hosted speech, and a model', { ...HOSTED, ...MODEL }, 'de-AT', 'de-AT', 'de'],
  ['a language that only models know', { ...HOSTED, ...MODEL }, 'fr', 'fr', 'en'],
  ['and there is none', HOSTED, 'fr', 'en', 'en'],
  ['one whose speakers know German', { ...HOSTED, ...MODEL }, 'lb', 'lb', 'de'],
  ['nothing was asked for', { ...HOSTED, ...MODEL }, undefined, 'en', 'en'],
  ['English was', { ...HOSTED, ...MODEL }, 'en-GB', 'en', 'en'],
  ['only the ears are hosted', { STT: HOSTED.STT }, 'de', 'en', 'en'],
  ['only the voice is', { TTS: HOSTED.TTS }, 'de', 'en', 'en'],
  ['ears for English', { ...HOSTED, STT: `${HOSTED.STT}:en` }, 'de', 'en', 'en'],
  ['ears for German', { ...HOSTED, STT: `${HOSTED.STT}:de-DE` }, 'de', 'de', 'de'],
  ['ears for all', { ...HOSTED, STT: `${HOSTED.STT}:multi` }, 'de', 'de', 'de'],
  ['another speech server', ELSEWHERE, 'de', 'de', 'de'],
  [
    'German models on this machine',
    { SPEECH_STT_MODEL: 'whisper-base', SPEECH_TTS_MODEL: 'piper-thorsten' },
    'de',
    'de',
    'de',
  ],
  [
    'English ones',
    { SPEECH_STT_MODEL: 'whisper-base', SPEECH_TTS_MODEL: 'kokoro' },
    'de',
    'en',
    'en',
  ],
  ['a realtime model beside the built-in speech', REALTIME, 'de', 'de', 'en'],
  ['a realtime model beside hosted speech', { ...REALTIME, ...HOSTED }, 'de', 'de', 'de'],
])('%s: %j, asked for %s → %s, words in %s', (_, env, asked, tag, language) => {
  const agent = { name: 'front-desk', greeting: WITH_GERMAN };
  expect(spokenLanguage(settings(env), agent, asked, INSTALLED)).toEqual({ tag, language });
});

test('an agent without German words has English ones', () => {
  const porter = { name: 'front-desk', greeting: { en: 'Hello.' } };
  const spoken = (env: Record<string, string>) => spokenLanguage(settings(env), porter, 'de');
  expect(spoken(HOSTED)).toEqual({ tag: 'en', language: 'en' });
  expect(spoken({ ...HOSTED, ...MODEL })).toEqual({ tag: 'de', language: 'en' });
});

test('ears that know one other language alone are told that one', () => {
  const installed = { sherpa: ['fr'] };
  expect(heardLanguage('sherpa', 'en', installed)).toBe('fr');
  expect(heardLanguage('sherpa', 'fr-CA', installed)).toBe('fr');
});
