// Inactivity timeout: a silent caller is asked once whether they are still there; then the agent offers to end the call
// and, without a response, says goodbye and ends it.
import { log, voice } from '@livekit/agents';
import { notices } from '@/agent/core/notices';
import { lastOf, lastQuestion } from '@/agent/turns/endpointing';

/**
 * Seconds of silence before each step. The first is the framework's own timeout for an away caller; a pause in
 * conversation is seldom longer than 5. The last is short because the caller has been warned.
 */
const WAIT_S = [15, 15, 10] as const;
/** Factor for a caller who typed last, because reading and typing take longer than talking. */
const TYPING = 4;

/** Milliseconds to wait before step number `done`. */
export function waitBefore(done: number, typed: boolean): number {
  return (WAIT_S[Math.min(done, WAIT_S.length - 1)] ?? 0) * 1_000 * (typed ? TYPING : 1);
}

const { AgentSessionEventTypes: On } = voice;

/**
 * Watches for inactivity from now on.
 * @param mayAsk whether the agent may speak to the caller now: it is its turn, and a caller is present
 * @param end ends the call once the current speech has been played
 */
export function watchInactivity(
  session: voice.AgentSession,
  mayAsk: () => boolean,
  end: () => void,
): void {
  let done = 0;
  let typed = false;
  let timer: NodeJS.Timeout | undefined;

  const quiet = () => session.agentState === 'listening' && session.userState !== 'speaking';
  function wait() {
    clearTimeout(timer);
    if (quiet()) timer = setTimeout(step, waitBefore(done, typed)).unref();
  }
  function step() {
    if (!quiet()) return;
    if (!mayAsk()) return wait();
    const question = lastQuestion(lastOf(session.history.items, 'assistant'));
    const { areYouThere, cannotHear, endsNow } = notices;
    const say = [`${areYouThere} ${question}`.trim(), cannotHear][done] ?? endsNow;
    done += 1;
    try {
      session.say(say);
    } catch (error) {
      log().debug({ error }, 'the caller was not asked: the session had ended');
      return;
    }
    if (say === endsNow) end();
  }
  function heard() {
    done = 0;
    wait();
  }

  session.on(On.AgentStateChanged, wait);
  session.on(On.UserStateChanged, ({ newState }) => (newState === 'speaking' ? heard() : wait()));
  session.on(On.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || item.role !== 'user') return;
    // Spoken messages have a start time.
    typed = item.metrics.startedSpeakingAt === undefined;
    heard();
  });
  session.on(On.Close, () => {
    clearTimeout(timer);
    // Ignore events of a closed session.
    session.off(On.AgentStateChanged, wait);
  });
  wait();
}
