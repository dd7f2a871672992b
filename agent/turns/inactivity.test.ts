// A silent caller is asked, then warned, then the call ends; speaking or typing starts over.
import { EventEmitter } from 'node:events';
import { llm, voice } from '@livekit/agents';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { waitBefore, watchInactivity } from '@/agent/turns/inactivity';

const { AgentSessionEventTypes: On } = voice;

/** The watched part of a session; speaks immediately. */
class StillSession extends EventEmitter {
  agentState = 'listening';
  userState = 'listening';
  readonly history = new llm.ChatContext();
  readonly said: string[] = [];
  say(text: string) {
    this.said.push(text);
    this.history.addMessage({ role: 'assistant', content: text });
    for (const state of ['speaking', 'listening']) {
      this.agentState = state;
      this.emit(On.AgentStateChanged, { newState: state });
    }
  }
  user(state: string) {
    this.userState = state;
    this.emit(On.UserStateChanged, { newState: state });
  }
  types(content: string) {
    this.emit(On.ConversationItemAdded, {
      item: llm.ChatMessage.create({ role: 'user', content }),
    });
  }
}

let session: StillSession;
let may: boolean;
let ended: number;

beforeEach(() => {
  vi.useFakeTimers();
  session = new StillSession();
  may = true;
  ended = 0;
  session.history.addMessage({ role: 'assistant', content: 'Ten is free. Shall I book it?' });
  watchInactivity(
    session as unknown as voice.AgentSession,
    () => may,
    () => {
      ended += 1;
    },
  );
});
afterEach(() => vi.useRealTimers());

const pass = (steps: number) => {
  for (let step = 0; step < steps; step++) vi.advanceTimersByTime(waitBefore(step, false));
};

test('repeats the open question, offers to end the call, says goodbye and ends it', () => {
  pass(1);
  expect(session.said).toEqual(['Are you still there? Shall I book it?']);
  pass(0);
  vi.advanceTimersByTime(waitBefore(1, false));
  expect(session.said[1]).toContain('or I will end the call');
  // None is a question that "yes" would answer.
  expect(session.said[1]).not.toContain('?');
  expect(ended).toBe(0);
  vi.advanceTimersByTime(waitBefore(2, false));
  expect(session.said[2]).toMatch(/Goodbye\.$/);
  expect(ended).toBe(1);
});

test('a caller who speaks is active: the steps start over', () => {
  pass(2);
  session.user('speaking');
  vi.advanceTimersByTime(waitBefore(0, false) * 3);
  expect(session.said).toHaveLength(2);
  session.user('listening');
  vi.advanceTimersByTime(waitBefore(0, false));
  expect(session.said[2]).toContain('Are you still there?');
});

test('a caller who types gets more time', () => {
  session.types('Do you do blood tests?');
  vi.advanceTimersByTime(waitBefore(0, true) - 1);
  expect(session.said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(session.said).toHaveLength(1);
});

test('says nothing while it may not speak or is busy', () => {
  may = false;
  pass(3);
  may = true;
  session.agentState = 'thinking';
  session.emit(On.AgentStateChanged, { newState: 'thinking' });
  pass(3);
  expect(session.said).toEqual([]);
});
