// Inactivity timeout: a silent caller is asked once whether they are still there; then the agent
// offers to end the call and, without a response, says goodbye and ends it.
import { log, voice } from '@livekit/agents';
import { notices } from '../call/notices';
import { lastQuestion } from './endpointing';

/**
 * Seconds of silence before each step. The first is the framework's own timeout for an away caller;
 * a pause in conversation is seldom longer than 5. The last is short because the caller has been
 * warned.
 */
const WAIT_S = [15, 15, 10] as const;
/** Factor for a caller who typed last, because reading and typing take longer than talking. */
const TYPING = 4;

/** One step: what is said, and whether the call ends after it. */
export interface Step {
  readonly say: string;
  readonly ends: boolean;
}

/**
 * What to say after `done` steps without a response.
 * @param said the agent's last message
 */
export function stepAfter(done: number, said: string): Step {
  const { areYouThere, cannotHear, endsNow } = notices;
  if (done === 0) return { say: `${areYouThere} ${lastQuestion(said)}`.trim(), ends: false };
  if (done === 1) return { say: cannotHear, ends: false };
  return { say: endsNow, ends: true };
}

/** Milliseconds to wait before step number `done`. */
export function waitBefore(done: number, typed: boolean): number {
  return (WAIT_S[Math.min(done, WAIT_S.length - 1)] ?? 0) * 1_000 * (typed ? TYPING : 1);
}

/** The watched session and call. */
export interface Watched {
  readonly session: voice.AgentSession;
  /** Whether the agent may speak to the caller now: it is its turn, and a caller is present. */
  mayAsk(): boolean;
  /** Ends the call once the current speech has been played. */
  end(): void;
}

const { AgentSessionEventTypes: On } = voice;

/** Watches for inactivity from now on. */
export function watchInactivity({ session, mayAsk, end }: Watched): void {
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
    if (!mayAsk()) {
      wait();
      return;
    }
    const last = session.history.items.findLast(
      (item) => item.type === 'message' && item.role === 'assistant',
    );
    const said = (last?.type === 'message' && last.textContent) || '';
    const { say, ends } = stepAfter(done, said);
    done += 1;
    try {
      session.say(say);
    } catch (error) {
      log().debug({ error }, 'the caller was not asked: the session had ended');
      return;
    }
    if (ends) end();
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
