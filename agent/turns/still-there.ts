// A caller who says nothing is asked once whether they are there; then the agent offers to end, and, where
// still nothing comes, says goodbye and ends the call.
import { log, voice } from '@livekit/agents';
import { notices } from '../call/notices';
import { lastQuestion } from './asked';

/**
 * Seconds of silence before each step. The first is the framework's own for a caller who is away; a
 * pause in a talk is seldom longer than 5. The last is short, as the caller has been told.
 */
const WAIT_S = [15, 15, 10] as const;
/** Times as long for who typed last, since reading and typing take longer than talking. */
const TYPING = 4;

/** One step: what is said, and whether the call ends with it. */
export interface Step {
  readonly say: string;
  readonly ends: boolean;
}

/**
 * What is said after `done` steps without a word from the caller.
 * @param said what the agent had said last
 */
export function stepAfter(done: number, said: string): Step {
  const { stillThere, cannotHear, endsNow } = notices;
  if (done === 0) return { say: `${stillThere} ${lastQuestion(said)}`.trim(), ends: false };
  if (done === 1) return { say: cannotHear, ends: false };
  return { say: endsNow, ends: true };
}

/** Milliseconds to wait for step number `done`. */
export function waitBefore(done: number, typed: boolean): number {
  return (WAIT_S[Math.min(done, WAIT_S.length - 1)] ?? 0) * 1_000 * (typed ? TYPING : 1);
}

/** The session and the call that are watched. */
export interface Watched {
  readonly session: voice.AgentSession;
  /** Whether the agent may speak to the caller now: it has the word, and there is a caller. */
  mayAsk(): boolean;
  /** Ends the call once what is being said has been heard. */
  end(): void;
}

const { AgentSessionEventTypes: On } = voice;

/** Watches for silence from now on. */
export function watchSilence({ session, mayAsk, end }: Watched): void {
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
      log().debug({ error }, 'the session had ended before the caller was asked');
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
    // What was spoken has a time at which it began.
    typed = item.metrics.startedSpeakingAt === undefined;
    heard();
  });
  session.on(On.Close, () => {
    clearTimeout(timer);
    // Nothing of a session that is over counts.
    session.off(On.AgentStateChanged, wait);
  });
  wait();
}
