// Messages as LiveKit's sessions send them.
import { AgentSession } from '@livekit/protocol';
import { expect, test } from 'vitest';
import { sessionError } from '@/lib/livekit/session-error';

const { AgentSessionMessage } = AgentSession;
const encoded = (content: Parameters<typeof AgentSessionMessage.fromJson>[0]) =>
  AgentSessionMessage.fromJson(content).toBinary();
const event = (content: object) =>
  encoded({ event: { createdAt: '2026-11-28T12:00:00Z', ...content } });
const error = (message: string) => event({ error: { message } });

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
  const said = event({ userInputTranscribed: { transcript: 'openai.STT' } });
  expect(sessionError(said)).toBeUndefined();
  expect(sessionError(encoded({ request: { requestId: 'id' } }))).toBeUndefined();
  expect(sessionError(new Uint8Array())).toBeUndefined();
});

test('no bytes make it fail or hang', () => {
  const whole = error('openai.STT');
  for (let length = 0; length < whole.length; length += 1) sessionError(whole.subarray(0, length));
  for (let byte = 0; byte < 256; byte += 1) sessionError(new Uint8Array(64).fill(byte));
});
