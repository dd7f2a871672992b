// A call ends when its last words have been played: not while they are paused, and not when they
// were interrupted. Uses the framework's own speech handle; the session is driven by hand.
import { initializeLogger, voice } from '@livekit/agents';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lastWords } from '@/agent/turns/last-words';

initializeLogger({ pretty: false, level: 'silent' });
const { AgentSessionEventTypes: On } = voice;

/** More milliseconds than a call waits after its last words. */
const AFTERWARDS_MS = 500;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(speaks = true) {
  const session = new voice.AgentSession();
  const speech = voice.SpeechHandle.create();
  const over = vi.fn();
  const words = lastWords(over);
  words.attach({ session, current: () => speech });
  const created = { speechHandle: speech, source: 'generate_reply', userInitiated: true } as const;
  session.emit(On.SpeechCreated, voice.createSpeechCreatedEvent(created));
  speech._markScheduled();
  const turns = (state: voice.AgentState) => session._updateAgentState(state);
  const isDone = async () => {
    speech._markDone();
    await vi.advanceTimersByTimeAsync(0);
  };
  words.begin();
  turns('thinking');
  if (speaks) turns('speaking');
  return { speech, over, turns, isDone };
}

test('the words are played, and the call ends shortly after', async () => {
  const { over, turns, isDone } = open();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(over).not.toHaveBeenCalled();
  turns('listening');
  await isDone();
  await vi.advanceTimersByTimeAsync(AFTERWARDS_MS);
  expect(over).toHaveBeenCalledOnce();
});

test('a noise pauses the agent: the rest is played before the call ends', async () => {
  const { over, turns, isDone } = open();
  turns('listening');
  await vi.advanceTimersByTimeAsync(AFTERWARDS_MS);
  expect(over).not.toHaveBeenCalled();
  turns('speaking');
  await vi.advanceTimersByTimeAsync(AFTERWARDS_MS);
  turns('listening');
  await isDone();
  await vi.advanceTimersByTimeAsync(AFTERWARDS_MS);
  expect(over).toHaveBeenCalledOnce();
});

test.each([
  ['the last words', true],
  ['them before their first sound', false],
])('a caller who interrupts %s is answered', async (_, speaks) => {
  const { speech, over, turns, isDone } = open(speaks);
  turns('listening');
  speech.interrupt();
  await isDone();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(over).not.toHaveBeenCalled();
});

test('a second speech directly after the first belongs to the last words', async () => {
  const { over, turns, isDone } = open();
  turns('listening');
  await isDone();
  turns('speaking');
  await vi.advanceTimersByTimeAsync(AFTERWARDS_MS);
  expect(over).not.toHaveBeenCalled();
});

test('words that never begin do not keep the call open', async () => {
  const over = vi.fn();
  lastWords(over).begin();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(over).toHaveBeenCalledOnce();
});
