// Decides when a call that should end is over: once its last words have been played to the end, even if a noise paused
// the agent. A caller who interrupts them still wants something, so the call continues.
import { voice } from '@livekit/agents';

/** Milliseconds after which a call ends although its last words never began. */
const LAST_WORDS_MS = 4_000;

/**
 * Milliseconds after the last words: an answer may consist of two speeches in a row, and the end of their audio and
 * text is still on its way to the caller.
 */
export const AFTER_LAST_WORDS_MS = 300;

const { AgentSessionEventTypes: On } = voice;

type Speech = Pick<voice.SpeechHandle, 'done' | 'interrupted' | 'addDoneCallback'>;

interface Talking {
  readonly session: Pick<voice.AgentSession, 'on' | 'agentState'>;
  /** The current speech, also while paused; undefined if the agent is silent. */
  current(): Speech | undefined;
}

/**
 * Ends a call after its last words; to be attached to its session.
 * @param over called once the last words have been played
 */
export function lastWords(over: () => void) {
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
      // Only paused: it resumes or is interrupted.
      else
        speech.addDoneCallback(({ interrupted }) => {
          if (ending && !interrupted && session.agentState === 'listening') {
            endIn(AFTER_LAST_WORDS_MS);
          }
        });
    };
    session.on(On.AgentStateChanged, ({ newState }) => {
      if (!ending) return;
      // Wait while last words are pending or being played; after them, the call is over.
      clearTimeout(timer);
      if (newState === 'listening') whenSaid();
    });
    session.on(On.SpeechCreated, ({ speechHandle }) => {
      speechHandle.addDoneCallback(({ interrupted, scheduled }) => {
        // A caller who interrupts a goodbye still wants something. What was prepared and discarded was never scheduled.
        if (interrupted && scheduled) goOn();
      });
    });
  }

  return {
    attach,
    /** Ends the call once the current or pending speech has been played. */
    begin(): void {
      ending = true;
      if (attached?.session.agentState !== 'speaking') endIn(LAST_WORDS_MS);
    },
  };
}
