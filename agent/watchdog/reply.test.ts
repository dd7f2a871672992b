// Replies that never begin.
import { EventEmitter } from 'node:events';
import { initializeLogger, voice } from '@livekit/agents';
import { beforeEach, expect, test, vi } from 'vitest';
import { idleMachine } from '@/agent/testing/idle-machine';
import { watchReplies } from '@/agent/watchdog/reply';

initializeLogger({ pretty: false, level: 'error' });
const { AgentSessionEventTypes: On } = voice;

/** A session that listens, and its watched replies. */
function listening() {
  const session = Object.assign(new EventEmitter(), {
    agentState: 'listening',
    commitUserTurn: vi.fn(),
    interrupt: vi.fn(),
    generateReply: vi.fn(),
  });
  const now = { mayAnswer: true, isBusy: false };
  const stuck = vi.fn();
  const asked = watchReplies(session as unknown as voice.AgentSession, {
    mayAnswer: () => now.mayAnswer,
    isBusy: () => now.isBusy,
    stuck,
  });
  const becomes = (newState: string) => {
    session.agentState = newState;
    session.emit(On.AgentStateChanged, { newState });
  };
  return { session, now, stuck, asked, becomes };
}

beforeEach(() => idleMachine());

test('words without any reaction are answered after four seconds', () => {
  const { session, stuck, asked, becomes } = listening();
  asked('What is your address?');
  vi.advanceTimersByTime(3_999);
  expect(session.commitUserTurn).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(session.commitUserTurn).toHaveBeenCalledTimes(1);
  expect(stuck.mock.calls).toEqual([[4_000, true]]);
  becomes('thinking');
  becomes('speaking');
  vi.advanceTimersByTime(60_000);
  expect(stuck).toHaveBeenCalledTimes(1);
});

test('thought without a word is interrupted once, then the agent is replaced', () => {
  const { session, stuck, becomes } = listening();
  becomes('thinking');
  vi.advanceTimersByTime(25_000);
  expect(session.interrupt).toHaveBeenCalledTimes(1);
  expect(session.generateReply).toHaveBeenCalledTimes(1);
  becomes('thinking');
  vi.advanceTimersByTime(25_000);
  expect(session.generateReply).toHaveBeenCalledTimes(1);
  expect(stuck.mock.calls).toEqual([
    [25_000, true],
    [25_000, false],
  ]);
});

test.each<[string, (call: ReturnType<typeof listening>) => void]>([
  ['the words are answered', ({ becomes }) => becomes('speaking')],
  [
    'the caller goes on',
    ({ session }) => session.emit(On.UserStateChanged, { newState: 'speaking' }),
  ],
  [
    'the agent has left the word to a colleague',
    ({ now }) => Object.assign(now, { mayAnswer: false }),
  ],
  ['a tool runs', ({ now }) => Object.assign(now, { isBusy: true })],
  ['the call has ended', ({ session }) => session.emit(On.Close)],
])('nothing is stuck when %s', (_, happens) => {
  const call = listening();
  call.asked('What is your address?');
  happens(call);
  vi.advanceTimersByTime(60_000);
  expect(call.stuck).not.toHaveBeenCalled();
});

test('empty words, and words while the agent speaks, ask for no reply', () => {
  const { stuck, asked, becomes } = listening();
  asked(' ');
  becomes('speaking');
  asked('mm-hm');
  vi.advanceTimersByTime(60_000);
  expect(stuck).not.toHaveBeenCalled();
});
