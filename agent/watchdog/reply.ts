// Replies that never begin: words were understood, and the agent neither thinks nor speaks, or thinks and never speaks.
import { log, voice } from '@livekit/agents';
import { Patience } from '@/agent/core/patience';

/** Milliseconds until words that were understood are answered, or at least thought about. */
const UNANSWERED_MS = 4_000;
/**
 * Milliseconds of thought without a word. Language models have limits of their own of 4 to 8 s, after which the next one
 * answers (`models/llm-timeout.ts`): this is for what is stuck behind several of them.
 */
const THOUGHT_MS = 25_000;

const { AgentSessionEventTypes: On } = voice;

interface Watch {
  /** Whether the agent may speak to the caller now. */
  readonly mayAnswer: () => boolean;
  /** Whether a tool runs, which has its own limit. */
  readonly isBusy: () => boolean;
  /** Called with the milliseconds without a reply, and whether the agent tries again. */
  readonly stuck: (ms: number, again: boolean) => void;
}

/** Watches the replies of a session. @returns a function to call with each final transcript that asks for a reply */
export function watchReplies(
  session: voice.AgentSession,
  { mayAnswer, isBusy, stuck }: Watch,
): (text: string) => void {
  /** Whether the last reply had to be asked for again. */
  let isSecond = false;
  const again = (ms: number, ask: () => unknown) => {
    if (!mayAnswer() || isBusy()) return;
    stuck(ms, !isSecond);
    if (isSecond) return;
    isSecond = true;
    try {
      ask();
    } catch (error) {
      log().debug({ error }, 'no reply was asked for: the session had ended');
    }
  };
  const unanswered = new Patience(UNANSWERED_MS, (ms) => again(ms, () => session.commitUserTurn()));
  const thought = new Patience(THOUGHT_MS, (ms) =>
    again(ms, () => {
      session.interrupt();
      session.generateReply();
    }),
  );
  session.on(On.AgentStateChanged, ({ newState }) => {
    if (newState === 'thinking' || newState === 'speaking') unanswered.end();
    if (newState === 'thinking') thought.wait();
    else thought.end();
    if (newState === 'speaking') isSecond = false;
  });
  session.on(On.UserStateChanged, ({ newState }) => {
    if (newState === 'speaking') unanswered.end();
  });
  session.on(On.FunctionToolsExecuted, () => {
    if (session.agentState === 'thinking') thought.wait();
  });
  session.on(On.Close, () => {
    unanswered.end();
    thought.end();
  });
  return (text) => {
    if (text.trim() !== '' && session.agentState === 'listening') unanswered.wait();
  };
}
