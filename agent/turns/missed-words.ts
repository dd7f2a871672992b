// A caller who said something of which no words came is told so, instead of being met by silence.
import { llm, log, stt, voice } from '@livekit/agents';
import { notices } from '../call/notices';
import type { TellCall } from '../reporting/tell-call';
import { lastOf, lastQuestion } from './asked';
import { MIN_SILENCE_MS } from './vad';

/** Milliseconds of speech from which it was not a cough or a click. */
const SPEECH_MS = 400;
/**
 * Milliseconds after speech at which no words count as missed: longer than a pause within a sentence, and with the time
 * that a voice takes to begin, the agent is heard before 1.2 s.
 */
const MISSED_MS = 800;
/** The same while the recogniser still owes a final transcript, as it may on a busy machine. */
const OWED_MS = 2_500;
/** Times in a row that the agent says so; then it offers typing, once, and waits for words. */
const SAID_MAX = 2;

/** What has been heard since the last words. Times are milliseconds on one clock. */
export interface Listening {
  /** When the caller began to speak, while they do. */
  readonly since?: number;
  /** When they stopped. */
  readonly endedAt?: number;
  /** The longest stretch of speech, in milliseconds. */
  readonly longest: number;
  /** Whether the recogniser has begun with speech and not sent its final transcript. */
  readonly owed: boolean;
  /** Times in a row that words were missed. */
  readonly missed: number;
}

export const nothingHeard: Listening = { longest: 0, owed: false, missed: 0 };

/**
 * What changes {@link Listening}:
 * - `speaks`, `silent`: voice activity began, and ended, at that time.
 * - `words`: the caller's final words came, or what they typed.
 * - `owed`: the recogniser has found speech, or words that are not final.
 * - `empty`: its final transcript has no words.
 * - `busy`: the agent speaks, or is about to; `told`: it has said that it missed the words.
 */
export type Event =
  | { readonly kind: 'speaks' | 'silent' | 'words'; readonly at: number }
  | { readonly kind: 'owed' | 'empty' | 'busy' | 'told' };

/** What is known after an event. */
export function listened(before: Listening, event: Event): Listening {
  const { since, longest, missed } = before;
  const anew = { ...before, endedAt: undefined, longest: 0 };
  switch (event.kind) {
    case 'speaks':
      return { ...before, since: event.at, endedAt: undefined };
    case 'silent': {
      const length = since === undefined ? 0 : event.at - since;
      return {
        ...before,
        since: undefined,
        endedAt: event.at,
        longest: Math.max(longest, length),
      };
    }
    case 'owed':
      return { ...before, owed: true };
    case 'empty':
      return { ...before, owed: false };
    case 'words':
      // They may come before voice activity tells of the silence after them.
      return { ...anew, since: since === undefined ? undefined : event.at, owed: false, missed: 0 };
    case 'busy':
      return anew;
    case 'told':
      return { ...anew, owed: false, missed: missed + 1 };
  }
}

/** When to say that the words were missed; undefined where there is no reason to. */
export function missedAt({ endedAt, longest, owed, missed }: Listening): number | undefined {
  if (endedAt === undefined || longest < SPEECH_MS || missed > SAID_MAX) return undefined;
  return endedAt + (owed ? OWED_MS : MISSED_MS);
}

/** Whether typing is to be offered this time. */
const offersTyping = ({ missed }: Listening): boolean => missed >= SAID_MAX;

/** The session and the call that are watched. */
export interface Watched {
  readonly session: voice.AgentSession;
  /** Calls back with each event of the recogniser. */
  readonly onHeard: (listener: (event: stt.SpeechEvent) => void) => void;
  /** Whether the agent may speak to the caller now. */
  readonly mayAsk: () => boolean;
  /** Whether the caller has a page to type in. */
  readonly canType: () => boolean;
  readonly tell: TellCall;
  /** The agent's identity. */
  readonly identity: string;
}

const { AgentSessionEventTypes: On } = voice;
const { SpeechEventType: Kind } = stt;

/** Watches for missed words from now on. */
export function watchMissedWords(watched: Watched): void {
  const { session, onHeard, mayAsk, canType, tell, identity } = watched;
  let state = nothingHeard;
  let timer: NodeJS.Timeout | undefined;

  function note(event: Event) {
    state = listened(state, event);
    clearTimeout(timer);
    const at = missedAt(state);
    if (at !== undefined) timer = setTimeout(due, Math.max(0, at - Date.now())).unref();
  }
  function say() {
    const { currentSpeech, llm: model } = session.currentAgent.getActivityOrThrow();
    // Its answer, its tool or its colleague is on the way. A realtime model hears the caller itself.
    const busy = session.agentState !== 'listening' || (currentSpeech && !currentSpeech.done());
    if (busy || !mayAsk() || model instanceof llm.RealtimeModel) return note({ kind: 'busy' });
    const last = offersTyping(state);
    const offered = last && canType();
    tell({ kind: 'missed_words', identity, ms: Math.round(state.longest), offered });
    note({ kind: 'told' });
    if (offered) session.say(notices.typeInstead);
    else if (!last) session.say(`${notices.missed} ${openQuestion()}`.trim());
  }
  const openQuestion = () => lastQuestion(lastOf(session.history.items, 'assistant'));
  function due() {
    try {
      say();
    } catch (error) {
      log().debug({ error }, 'the session had ended before the caller was told of missed words');
    }
  }

  session.on(On.UserStateChanged, ({ newState, createdAt }) => {
    if (newState === 'speaking') note({ kind: 'speaks', at: createdAt });
    if (newState === 'listening') note({ kind: 'silent', at: createdAt - MIN_SILENCE_MS });
  });
  session.on(On.AgentStateChanged, ({ newState }) => {
    if (newState === 'speaking' || newState === 'thinking') note({ kind: 'busy' });
  });
  session.on(On.ConversationItemAdded, ({ item }) => {
    if (item.type === 'message' && item.role === 'user') note({ kind: 'words', at: Date.now() });
  });
  session.on(On.Close, () => clearTimeout(timer));
  onHeard(({ type, alternatives }) => {
    const text = alternatives?.[0].text.trim();
    if (type === Kind.FINAL_TRANSCRIPT)
      note(text ? { kind: 'words', at: Date.now() } : { kind: 'empty' });
    else if (type === Kind.START_OF_SPEECH || text) note({ kind: 'owed' });
  });
}
