// Messages as LiveKit's own encoder writes them.
import { AgentSession as pb } from '@livekit/protocol';
import { expect, test } from 'vitest';
import { sessionError } from './session-error';

type SessionEvent = InstanceType<typeof pb.AgentSessionEvent>['event'];
const encoded = (event: SessionEvent) =>
  new pb.AgentSessionMessage({
    message: { case: 'event', value: new pb.AgentSessionEvent({ event }) },
  }).toBinary();
const error = (message: string) =>
  encoded({ case: 'error', value: new pb.AgentSessionEvent_Error({ message }) });

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
  const value = new pb.AgentSessionEvent_UserInputTranscribed({ transcript: 'Hi', isFinal: true });
  expect(sessionError(encoded({ case: 'userInputTranscribed', value }))).toBeUndefined();
  const ping = new pb.SessionRequest({
    requestId: 'a',
    request: { case: 'ping', value: new pb.SessionRequest_Ping() },
  });
  expect(
    sessionError(
      new pb.AgentSessionMessage({ message: { case: 'request', value: ping } }).toBinary(),
    ),
  ).toBeUndefined();
  expect(sessionError(new Uint8Array())).toBeUndefined();
});

test('no bytes make it fail or hang', () => {
  const whole = error('openai.STT');
  for (let length = 0; length < whole.length; length += 1) sessionError(whole.subarray(0, length));
  for (let byte = 0; byte < 256; byte += 1) sessionError(new Uint8Array(64).fill(byte));
});
