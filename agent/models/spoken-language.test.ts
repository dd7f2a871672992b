// The language of a call, by configuration and the caller's language.
import { expect, test } from 'vitest';
import { spokenLanguage, sttLanguage } from '@/agent/models/spoken-language';
import { settings } from '@/agent/testing/model-call';

const HOSTED = { STT: 'inference:deepgram/nova-3', TTS: 'inference:cartesia/sonic-3' };
const ELSEWHERE = { SPEECH_STT_MODEL: 'whisper-1', SPEECH_TTS_MODEL: 'tts-1' };
const MODEL = { OPENAI_API_KEY: 'k', MODELS: 'openai:gpt-5' };
const REALTIME = { OPENAI_API_KEY: 'k', MODELS: 'realtime:gpt-realtime' };
const INSTALLED = { 'piper-thorsten': ['de'], kokoro: ['en'], 'whisper-base': ['en', 'de'] };

test.each<[string, Record<string, string>, string | undefined, string]>([
  ['a scripted agent speaks English', HOSTED, 'de', 'en'],
  ['the built-in speech is English, also with a model', MODEL, 'de', 'en'],
  ['hosted speech, and a model', { ...HOSTED, ...MODEL }, 'de-AT', 'de-AT'],
  ['no language requested', { ...HOSTED, ...MODEL }, undefined, 'en'],
  ['English requested', { ...HOSTED, ...MODEL }, 'en-GB', 'en'],
  ['only STT is hosted', { STT: HOSTED.STT, ...MODEL }, 'de', 'en'],
  ['STT for English', { ...HOSTED, ...MODEL, STT: `${HOSTED.STT}:en` }, 'de', 'en'],
  ['STT for German', { ...HOSTED, ...MODEL, STT: `${HOSTED.STT}:de-DE` }, 'de', 'de'],
  ['STT for all languages', { ...HOSTED, ...MODEL, STT: `${HOSTED.STT}:multi` }, 'de', 'de'],
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
  ['a realtime model has its own audio', REALTIME, 'de', 'de'],
])('%s: %j, requested %s → %s', (_, env, asked, tag) => {
  expect(spokenLanguage(settings(env), { name: 'front-desk' }, asked, INSTALLED)).toBe(tag);
});

test('STT with one other language only gets that language', () => {
  const installed = { sherpa: ['fr'] };
  expect(sttLanguage('sherpa', 'en', installed)).toBe('fr');
  expect(sttLanguage('sherpa', 'fr-CA', installed)).toBe('fr');
});
