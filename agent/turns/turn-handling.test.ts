// Turn rules in the framework's session: its delay follows the words.
import { initializeLogger, llm, voice } from '@livekit/agents';
import { describe, expect, test } from 'vitest';
import { writtenMessage } from '@/agent/framework/written-message';
import { ENDPOINTING_DELAY_MS } from '@/agent/turns/endpointing';
import { makeTurnHandling } from '@/agent/turns/turn-handling';

initializeLogger({ pretty: false, level: 'error' });
const { AgentSessionEventTypes: On } = voice;

function open() {
  const turns = makeTurnHandling();
  const session = new voice.AgentSession({ turnHandling: turns.handling });
  turns.attach(session);
  const detector = turns.handling.turnDetection;
  if (typeof detector !== 'object' || !detector || !('predictEndOfTurn' in detector)) {
    throw new Error('no text-based turn detector');
  }
  return { session, detector };
}

/** The delay after which the session ends a turn with these words. */
async function waitAfter({ session, detector }: ReturnType<typeof open>, content: string) {
  const chat = new llm.ChatContext();
  chat.addMessage({ role: 'user', content });
  await detector.predictEndOfTurn(chat);
  return session.sessionOptions.turnHandling.endpointing.maxDelay;
}

const transcribed = (isFinal: boolean) =>
  voice.createUserInputTranscribedEvent({ transcript: 'words', isFinal, language: null });

test("the session's delay follows the words, and is longer while a transcript is pending", async () => {
  const opened = open();
  expect(await waitAfter(opened, 'Yes.')).toBe(ENDPOINTING_DELAY_MS.closed);
  expect(await waitAfter(opened, "I'd like an appointment for")).toBe(
    ENDPOINTING_DELAY_MS.unfinished,
  );
  opened.session.emit(On.UserInputTranscribed, transcribed(false));
  expect(await waitAfter(opened, 'Yes.')).toBe(ENDPOINTING_DELAY_MS.unfinished);
  opened.session.emit(On.UserInputTranscribed, transcribed(true));
  expect(await waitAfter(opened, 'Yes.')).toBe(ENDPOINTING_DELAY_MS.closed);
  expect(await opened.detector.supportsLanguage('de' as never)).toBe(false);
});

describe('when a turn was spoken', () => {
  const transitions = {
    speaks: ['listening', 'speaking'],
    stops: ['speaking', 'listening'],
  } as const;
  const is = (
    { session }: ReturnType<typeof open>,
    state: keyof typeof transitions,
    createdAt: number,
  ) => {
    const [before, after] = transitions[state];
    session.emit(On.UserStateChanged, {
      ...voice.createUserStateChangedEvent(before, after),
      createdAt,
    });
  };
  const adds = ({ session }: ReturnType<typeof open>, item: llm.ChatMessage) => {
    session.emit(On.ConversationItemAdded, voice.createConversationItemAddedEvent(item));
    return item.metrics;
  };
  const question = () =>
    llm.ChatMessage.create({ role: 'user', content: 'I have a question.', createdAt: 75_000 });

  test('it begins with its words, not with a cough before them', () => {
    const opened = open();
    is(opened, 'speaks', 10_000);
    is(opened, 'speaks', 70_000);
    opened.session.emit(On.UserInputTranscribed, transcribed(true));
    is(opened, 'speaks', 72_000);
    const item = question();
    item.metrics.startedSpeakingAt = 10;
    expect(adds(opened, item).startedSpeakingAt).toBe(70);
  });

  test('it is not taken for a typed one if the framework does not know', () => {
    const opened = open();
    is(opened, 'speaks', 70_000);
    opened.session.emit(On.UserInputTranscribed, transcribed(true));
    is(opened, 'stops', 74_000);
    expect(adds(opened, question())).toMatchObject({
      startedSpeakingAt: 70,
      stoppedSpeakingAt: 74,
    });
    // Without voice activity, it was spoken by the time it was known.
    opened.session.emit(On.UserInputTranscribed, transcribed(true));
    expect(adds(opened, question())).toMatchObject({
      startedSpeakingAt: 75,
      stoppedSpeakingAt: 75,
    });
  });

  test('what is written has no such time', () => {
    const opened = open();
    is(opened, 'speaks', 70_000);
    expect(adds(opened, question()).startedSpeakingAt).toBeUndefined();
    opened.session.emit(On.UserInputTranscribed, transcribed(true));
    expect(adds(opened, writtenMessage('Hello')).startedSpeakingAt).toBeUndefined();
  });
});
