// Which agents speak English only, by what their workers report.
import { expect, it } from 'vitest';
import { BUILT_IN } from '@/lib/core/model-names';
import { speaksEnglishOnly } from '@/lib/core/speech-languages';

const own = { stt: ['moonshine-tiny (own speech server)'], tts: ['flite (own speech server)'] };
const hosted = {
  stt: ['deepgram/nova-3 (LiveKit Inference)', ...own.stt],
  tts: ['cartesia/sonic-3 (LiveKit Inference)', ...own.tts],
};
const none = [BUILT_IN];
const model = ['gpt-4.1-mini (OpenAI)', ...none];

it.each([
  ['no language model and the built-in speech', { models: none, ...own }, true],
  ['no language model', { models: none, ...hosted }, true],
  ['the built-in speech', { models: model, ...own }, true],
  ['the built-in voice', { models: model, ...hosted, tts: own.tts }, true],
  ['a language model and hosted speech', { models: model, ...hosted }, false],
])('with %s', (_, runs, english) => {
  expect(speaksEnglishOnly(runs)).toBe(english);
});
