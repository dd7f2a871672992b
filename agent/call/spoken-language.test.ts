// Which language a call is in, by the settings and the caller's language.
import { expect, test } from 'vitest';
import { settings } from '../testing/model-call';
import { heardLanguage, spokenLanguage } from './spoken-language';

const HOSTED = { STT: 'inference:deepgram/nova-3', TTS: 'inference:cartesia/sonic-3' };
const ELSEWHERE = { SPEECH_STT_MODEL: 'whisper-1', SPEECH_TTS_MODEL: 'tts-1' };
const MODEL = { OPENAI_API_KEY: 'k', MODELS: 'openai:gpt-5' };
const REALTIME = { OPENAI_API_KEY: 'k', MODELS: 'realtime:gpt-realtime' };
const INSTALLED = { 'piper-thorsten': ['de'], kokoro: ['en'], 'whisper-base': ['en', 'de'] };

test.each<[string, Record<string, string>, string | undefined, string]>([
  ['a scripted agent speaks English', HOSTED, 'de', 'en'],
  ['the built-in speech is English, so it is with a model', MODEL, 'de', 'en'],
  ['hosted speech, and a model', { ...HOSTED, ...MODEL }, 'de-AT', 'de-AT'],
  ['any other language', { ...HOSTED, ...MODEL }, 'fr', 'fr'],
  ['nothing was asked for', { ...HOSTED, ...MODEL }, undefined, 'en'],
  ['English was', { ...HOSTED, ...MODEL }, 'en-GB', 'en'],
  ['only the ears are hosted', { STT: HOSTED.STT, ...MODEL }, 'de', 'en'],
  ['only the voice is', { TTS: HOSTED.TTS, ...MODEL }, 'de', 'en'],
  ['ears for English', { ...HOSTED, ...MODEL, STT: `${HOSTED.STT}:en` }, 'de', 'en'],
  ['ears for German', { ...HOSTED, ...MODEL, STT: `${HOSTED.STT}:de-DE` }, 'de', 'de'],
  ['ears for all', { ...HOSTED, ...MODEL, STT: `${HOSTED.STT}:multi` }, 'de', 'de'],
  ['another speech server', { ...ELSEWHERE, ...MODEL }, 'de', 'de'],
  [
    'German models on this machine',
    { ...MODEL, SPEECH_STT_MODEL: 'whisper-base', SPEECH_TTS_MODEL: 'piper-thorsten' },
    'de',
    'de',
  ],
  [
    'an English voice on this machine',
    { ...MODEL, SPEECH_STT_MODEL: 'whisper-base', SPEECH_TTS_MODEL: 'kokoro' },
    'de',
    'en',
  ],
  ['a realtime model hears and speaks itself', REALTIME, 'de', 'de'],
])('%s: %j, asked for %s → %s', (_, env, asked, tag) => {
  expect(spokenLanguage(settings(env), { name: 'front-desk' }, asked, INSTALLED)).toBe(tag);
});

test('ears that know one other language alone are told that one', () => {
  const installed = { sherpa: ['fr'] };
  expect(heardLanguage('sherpa', 'en', installed)).toBe('fr');
  expect(heardLanguage('sherpa', 'fr-CA', installed)).toBe('fr');
});
