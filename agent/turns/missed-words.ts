// Speaks to a caller whose speech produced no transcript, instead of leaving them in silence.
import { llm, log, stt, voice } from '@livekit/agents';
import { notices } from '@/agent/core/notices';
import type { ReportCall } from '@/agent/reporting/events';
import { lastOf, lastQuestion } from '@/agent/turns/endpointing';
import { MIN_SILENCE_MS } from '@/agent/turns/turn-handling';

/** Milliseconds of speech that are longer than a cough or a click. */
const SPEECH_MS = 400;
/**
 * Milliseconds after speech at which its words count as missed: longer than a pause within a
 * sentence. Including TTS, the agent is heard before 1.2 s.
 */
const MISSED_MS = 800;
/** The same while a final transcript is pending: a recognizer that does not answer is asked again before (`agent/watchdog`). */
const OWED_MS = 4_000;
/** How often in a row the agent says so; then it offers typing once and waits. */
const SAID_MAX = 2;

/** What has happened since the last transcript. Times are milliseconds of one clock. */
export interface Listening {
  /** When the caller began to speak, while speaking. */
  readonly since?: number | undefined;
  readonly endedAt?: number | undefined;
  /** The longest stretch of speech, in milliseconds. */
  readonly longest: number;
  /** Whether STT has detected speech and not sent its final transcript. */
  readonly owed: boolean;
  /** How often in a row words were missed. */
  readonly missed: number;
}

export const nothingHeard: Listening = { longest: 0, owed: false, missed: 0 };

/**
 * What changes {@link Listening}:
 * - `speaks`, `silent`: voice activity began or ended at that time.
 * - `words`: a final transcript or a typed message.
 * - `owed`: STT has detected speech, or sent an interim transcript.
 * - `empty`: the final transcript is empty.
 * - `busy`: the agent is speaking, or about to; `said`: it has said that it missed the words.
 */
export type Event =
  | { readonly kind: 'speaks' | 'silent' | 'words'; readonly at: number }
  | { readonly kind: 'owed' | 'empty' | 'busy' | 'said' };

/** The state after an event. */
export function afterEvent(before: Listening, event: Event): Listening {
  const { since, longest, missed } = before;
  const restarted = { ...before, endedAt: undefined, longest: 0 };
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
      // The transcript may arrive before voice activity reports the silence after it.
      return {
        ...restarted,
        since: since === undefined ? undefined : event.at,
        owed: false,
        missed: 0,
      };
    case 'busy':
      return restarted;
    case 'said':
      return { ...restarted, owed: false, missed: missed + 1 };
  }
}

/** When to say that words were missed; undefined if none were. */
export function missedAt({ endedAt, longest, owed, missed }: Listening): number | undefined {
  if (endedAt === undefined || longest < SPEECH_MS || missed > SAID_MAX) return undefined;
  return endedAt + (owed ? OWED_MS : MISSED_MS);
}

/** The watched session and call. */
export interface Watched {
  readonly session: voice.AgentSession;
  readonly onHeard: (listener: (event: stt.SpeechEvent) => void) => void;
  /** Whether the agent may speak to the caller now. */
  readonly mayAsk: () => boolean;
  /** Whether the caller has a page to type in. */
  readonly canType: () => boolean;
  readonly report: ReportCall;
  readonly identity: string;
}

const { AgentSessionEventTypes: On } = voice;
const { SpeechEventType: Kind } = stt;

/** Watches for missed words from now on. */
export function watchMissedWords(watched: Watched): void {
  const { session, onHeard, mayAsk, canType, report, identity } = watched;
  let state = nothingHeard;
  let timer: NodeJS.Timeout | undefined;

  function update(event: Event) {
    state = afterEvent(state, event);
    clearTimeout(timer);
    const at = missedAt(state);
    if (at !== undefined) timer = setTimeout(onTimer, Math.max(0, at - Date.now())).unref();
  }
  function say() {
    const { currentSpeech, llm: model } = session.currentAgent.getActivityOrThrow();
    // An answer, a tool or a colleague is on the way. A realtime model has its own audio input.
    const busy = session.agentState !== 'listening' || (currentSpeech && !currentSpeech.done());
    if (busy || !mayAsk() || model instanceof llm.RealtimeModel) return update({ kind: 'busy' });
    const last = state.missed >= SAID_MAX;
    const offered = last && canType();
    report({ kind: 'missed_words', identity, ms: Math.round(state.longest), offered });
    update({ kind: 'said' });
    if (offered) session.say(notices.typeInstead);
    else if (!last) session.say(`${notices.missed} ${openQuestion()}`.trim());
  }
  const openQuestion = () => lastQuestion(lastOf(session.history.items, 'assistant'));
  function onTimer() {
    try {
      say();
    } catch (error) {
      log().debug({ error }, 'missed words were not mentioned: the session had ended');
    }
  }

  session.on(On.UserStateChanged, ({ newState, createdAt }) => {
    if (newState === 'speaking') update({ kind: 'speaks', at: createdAt });
    if (newState === 'listening') update({ kind: 'silent', at: createdAt - MIN_SILENCE_MS });
  });
  session.on(On.AgentStateChanged, ({ newState }) => {
    if (newState === 'speaking' || newState === 'thinking') update({ kind: 'busy' });
  });
  session.on(On.ConversationItemAdded, ({ item }) => {
    if (item.type === 'message' && item.role === 'user') update({ kind: 'words', at: Date.now() });
  });
  session.on(On.Close, () => clearTimeout(timer));
  onHeard(({ type, alternatives }) => {
    const text = alternatives?.[0].text.trim();
    if (type === Kind.FINAL_TRANSCRIPT)
      update(text ? { kind: 'words', at: Date.now() } : { kind: 'empty' });
    else if (type === Kind.START_OF_SPEECH || text) update({ kind: 'owed' });
  });
}
