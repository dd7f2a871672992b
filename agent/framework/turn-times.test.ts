// When a turn was spoken, in the framework's session.
import { initializeLogger, llm, voice } from '@livekit/agents';
import { expect, test } from 'vitest';
import { correctTurnTimes } from '@/agent/framework/turn-times';
import { writtenMessage } from '@/agent/framework/written-message';

initializeLogger({ pretty: false, level: 'error' });
const { AgentSessionEventTypes: On } = voice;

function open() {
  const session = new voice.AgentSession({});
  correctTurnTimes(session);
  return session;
}

const heard = { transcript: 'words', isFinal: true, language: null };
const transcribed = (session: voice.AgentSession) =>
  session.emit(On.UserInputTranscribed, voice.createUserInputTranscribedEvent(heard));
const transitions = {
  speaks: ['listening', 'speaking'],
  stops: ['speaking', 'listening'],
} as const;
const is = (session: voice.AgentSession, state: keyof typeof transitions, createdAt: number) => {
  const [before, after] = transitions[state];
  session.emit(On.UserStateChanged, {
    ...voice.createUserStateChangedEvent(before, after),
    createdAt,
  });
};
const adds = (session: voice.AgentSession, item: llm.ChatMessage) => {
  session.emit(On.ConversationItemAdded, voice.createConversationItemAddedEvent(item));
  return item.metrics;
};
const question = () =>
  llm.ChatMessage.create({ role: 'user', content: 'I have a question.', createdAt: 75_000 });

test('it begins with its words, not with a cough before them', () => {
  const session = open();
  is(session, 'speaks', 10_000);
  is(session, 'speaks', 70_000);
  transcribed(session);
  is(session, 'speaks', 72_000);
  const item = question();
  item.metrics.startedSpeakingAt = 10;
  expect(adds(session, item).startedSpeakingAt).toBe(70);
});

test('it is not taken for a typed one if the framework does not know', () => {
  const session = open();
  is(session, 'speaks', 70_000);
  transcribed(session);
  is(session, 'stops', 74_000);
  expect(adds(session, question())).toMatchObject({
    startedSpeakingAt: 70,
    stoppedSpeakingAt: 74,
  });
  // Without voice activity, it was spoken by the time it was known.
  transcribed(session);
  expect(adds(session, question())).toMatchObject({
    startedSpeakingAt: 75,
    stoppedSpeakingAt: 75,
  });
});

test('what is written has no such time', () => {
  const session = open();
  is(session, 'speaks', 70_000);
  expect(adds(session, question()).startedSpeakingAt).toBeUndefined();
  transcribed(session);
  expect(adds(session, writtenMessage('Hello')).startedSpeakingAt).toBeUndefined();
});
