// What an agent says outside its conversation: first words, last words and notices; and its answers to written input.
import { ReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';
import { type JobContext, log, type voice } from '@livekit/agents';
import type { Recording } from '@/agent/audio/recorder';
import { continueConversation } from '@/agent/call/context';
import type { End } from '@/agent/call/end';
import type { Part } from '@/agent/call/part';
import { notices } from '@/agent/core/notices';
import { peopleIn, waitInRoom } from '@/agent/core/people';
import { interruptSpeech } from '@/agent/framework/heard-speech';
import { writtenMessage } from '@/agent/framework/written-message';
import { AFTER_LAST_WORDS_MS } from '@/agent/turns/last-words';
import { TYPED_MAX } from '@/lib/livekit/attributes';

/** Milliseconds for the last words when the worker shuts the job down: the framework waits 15 s. */
const SHUTDOWN_FAREWELL_MS = 4_000;
/** The same when nobody waits for the process: enough for the whole sentence, even on a busy machine. */
const FAREWELL_MS = 10_000;

/** Says the first words: the greeting, or words for a call that has already begun. */
export function greet(part: Part, recording: Recording | undefined): void {
  const { ctx, config, definition, call, session } = part;
  const { handoffContext } = call;
  if (handoffContext?.kind === 'resume' && handoffContext.history.length > 0) {
    continueConversation(session, handoffContext.history);
    return;
  }
  const joins = handoffContext && handoffContext.kind !== 'resume';
  const words = joins ? definition.greetingFor?.(handoffContext) : undefined;
  if (words !== undefined) {
    session.say(words);
    return;
  }
  // A recording that could not be started is not announced.
  const failed = config.RECORD_CALLS === 'on' && !recording;
  const notice = notices.recording[failed ? 'off' : config.RECORD_CALLS];
  const monitored = part.isOnPhone() && config.LISTEN_IN === 'shown' ? notices.monitored : '';
  // The prepared audio has the usual words and the usual voice.
  const prepared = !failed && !monitored && !part.overrides?.voice;
  const audio = prepared ? ctx.proc.userData.greetings[definition.name] : undefined;
  session.say(
    notice + monitored + definition.greeting,
    audio && { audio: ReadableStream.from(audio) },
  );
}

/** Answers text or keys; `pressed` is all keys, including the final hash. */
export async function answer(
  { session, silence, vision }: Pick<Part, 'session' | 'silence' | 'vision'>,
  sent: string,
  pressed?: string,
): Promise<void> {
  const text = sent.slice(0, TYPED_MAX);
  if (!session.input.audioEnabled || !silence.mayAnswer(text)) return;
  await interrupt(session);
  if (sent.length > TYPED_MAX) session.say(notices.tooLong, { addToChatCtx: false });
  // Next to a colleague, people talking to each other must not cut off a requested answer.
  const userInput = writtenMessage(text, pressed);
  vision?.addTo(userInput, session.currentAgent.chatCtx.items);
  session.generateReply({
    userInput,
    allowInterruptions: !silence.kept,
  });
}

/** Says why the agent leaves, if the caller is there and does not know. */
export async function sayGoodbye({ ctx, session }: Part, end: End): Promise<void> {
  if (peopleIn(ctx.room).length === 0) return;
  if (end === 'shutdown') {
    await farewell(ctx, session, notices.leaving, SHUTDOWN_FAREWELL_MS);
  }
  if (end === 'time-up') {
    await farewell(ctx, session, notices.timeUp, FAREWELL_MS);
    // The room is closed after this.
    await pause(AFTER_LAST_WORDS_MS);
  }
  if (end === 'takeover') await farewell(ctx, session, notices.takeover, FAREWELL_MS);
}

/**
 * Interrupts the current speech, unless it must be played to the end: what is said next then follows it. The framework's
 * `force` would break off its own work, after which the voice can be stuck.
 */
async function interrupt(session: voice.AgentSession): Promise<void> {
  try {
    await interruptSpeech(session);
  } catch (error) {
    log().debug({ error }, 'the current speech cannot be interrupted');
  }
}

/** Says something that is not part of the conversation. */
export function announce(session: voice.AgentSession, words: string): void {
  try {
    session.say(words, { addToChatCtx: false });
  } catch (error) {
    log().debug({ error }, 'nothing was announced: the session had already ended');
  }
}

/** Says the last words and waits until they have been played, the room is left, or the time is up. */
async function farewell(
  { room }: JobContext,
  session: voice.AgentSession,
  words: string,
  ms: number,
): Promise<void> {
  try {
    void interrupt(session);
    const speech = session.say(words, { allowInterruptions: false });
    await Promise.race([
      speech.waitForPlayout(),
      waitInRoom(room, [], () => !room.isConnected, ms),
    ]);
  } catch (error) {
    log().debug({ error }, 'no farewell: the session had already ended');
  }
}
