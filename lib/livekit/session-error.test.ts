// Messages in protobuf's encoding, as LiveKit's sessions send them.
import { expect, test } from 'vitest';
import { sessionError } from '@/lib/livekit/session-error';

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
/** A field with a length. */
const field = (number: number, content: readonly number[]) => [
  ...varint(number * 8 + 2),
  ...varint(content.length),
  ...content,
];
/** When it was created: seconds since 1970 in a nested message. */
const CREATED = field(1, [8, ...varint(1_795_851_089)]);
const event = (number: number, text: string) =>
  new Uint8Array(field(3, [...CREATED, ...field(number, field(1, [...Buffer.from(text)]))]));
const error = (message: string) => event(15, message);

test.each([
  [
    `type='llm_error' timestamp=1795851089.0 label='x.LLM' error=RuntimeError("it's recoverable=True") recoverable=False`,
    { type: 'llm_error', recoverable: false },
  ],
  [
    `type='stt_error' timestamp=1795851089.0 label='x.STT' error=APIError('gone') recoverable=True`,
    { type: 'stt_error', recoverable: true },
  ],
  [
    `type='realtime_model_error' recoverable=False`,
    { type: 'realtime_model_error', recoverable: false },
  ],
  ['openai.STT', { type: 'stt_error', recoverable: false }],
  ['inference.TTS', { type: 'tts_error', recoverable: false }],
  ['openai.LLM', { type: 'llm_error', recoverable: undefined }],
  ['ü'.repeat(200), { type: 'llm_error', recoverable: undefined }],
])('the error %s', (message, expected) => {
  expect(sessionError(error(message))).toEqual(expected);
});

test('other messages are no errors', () => {
  expect(sessionError(event(13, 'openai.STT'))).toBeUndefined();
  const request = field(4, field(1, [...Buffer.from('id')]));
  expect(sessionError(new Uint8Array(request))).toBeUndefined();
  expect(sessionError(new Uint8Array())).toBeUndefined();
});

test('no bytes make it fail or hang', () => {
  const whole = error('openai.STT');
  for (let length = 0; length < whole.length; length += 1) sessionError(whole.subarray(0, length));
  for (let byte = 0; byte < 256; byte += 1) sessionError(new Uint8Array(64).fill(byte));
});
