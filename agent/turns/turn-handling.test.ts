// Turn rules in the framework's session: its delay follows the words.
import { initializeLogger, llm, voice } from '@livekit/agents';
import { expect, test } from 'vitest';
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
