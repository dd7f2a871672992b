// When a call that should end is over: once its last words have been heard to their end, however often a
// noise made the agent pause in them. Who speaks into them still has something to say, and the call goes on.
import { voice } from '@livekit/agents';

/** Milliseconds after which a call that should end ends, though its last words never began. */
const LAST_WORDS_MS = 4_000;

/**
 * Milliseconds after the last words: an answer may consist of two speeches, one right after the other, and the end
 * of their sound and text is still on its way to the caller.
 */
export const AFTER_LAST_WORDS_MS = 300;

const { AgentSessionEventTypes: On } = voice;

/** A speech, as far as its end is concerned: the framework's handle. */
type Speech = Pick<voice.SpeechHandle, 'done' | 'interrupted' | 'addDoneCallback'>;

/** What is watched of a session. */
interface Talking {
  readonly session: Pick<voice.AgentSession, 'on' | 'agentState'>;
  /** What the agent says now, also while it is paused; undefined where it says nothing. */
  current(): Speech | undefined;
}

/** The end of a call, to be begun and attached to its session. */
export interface LastWords {
  /** Ends the call once what is being said, or about to be said, has been heard. */
  begin(): void;
  attach(talking: Talking): void;
}

/** @param over called once the last words have been heard */
export function lastWords(over: () => void): LastWords {
  let ending = false;
  let attached: Talking | undefined;
  let timer: NodeJS.Timeout | undefined;

  const endIn = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(over, ms);
  };
  const goOn = () => {
    ending = false;
    clearTimeout(timer);
  };

  function attach(talking: Talking): void {
    const { session, current } = talking;
    attached = talking;
    const whenSaid = () => {
      const speech = current();
      if (!speech || speech.done()) endIn(AFTER_LAST_WORDS_MS);
      // Only paused: it goes on, or is interrupted for good.
      else
        speech.addDoneCallback(({ interrupted }) => {
          if (ending && !interrupted && session.agentState === 'listening') {
            endIn(AFTER_LAST_WORDS_MS);
          }
        });
    };
    session.on(On.AgentStateChanged, ({ newState }) => {
      if (!ending) return;
      // While last words are on their way or being said, wait; said, the call is over.
      clearTimeout(timer);
      if (newState === 'listening') whenSaid();
    });
    session.on(On.ConversationItemAdded, ({ item }) => {
      // Who interrupts a goodbye still has something to say.
      if (item.type === 'message' && item.interrupted) goOn();
    });
  }

  return {
    attach,
    begin() {
      ending = true;
      if (attached?.session.agentState !== 'speaking') endIn(LAST_WORDS_MS);
    },
  };
}
