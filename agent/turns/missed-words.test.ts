// When words count as missed, and what the agent then does.
import { EventEmitter } from 'node:events';
import { llm, stt, voice } from '@livekit/agents';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  afterEvent,
  type Event,
  missedAt,
  nothingHeard,
  watchMissedWords,
} from '@/agent/turns/missed-words';
import { MIN_SILENCE_MS } from '@/agent/turns/turn-handling';
import type { EventData } from '@/lib/calls/event';

const { AgentSessionEventTypes: On } = voice;
const { SpeechEventType: Kind } = stt;

describe('words are missed', () => {
  const spoke = (from: number, to: number): Event[] => [
    { kind: 'speaks', at: from },
    { kind: 'silent', at: to },
  ];
  const words = (at: number): Event => ({ kind: 'words', at });
  const [owed, empty, busy, said] = (['owed', 'empty', 'busy', 'said'] as const).map((kind) => ({
    kind,
  })) as [Event, Event, Event, Event];
  const misses = (count: number) =>
    Array.from({ length: count }, () => [...spoke(0, 500), said]).flat();

  test.each<[string, Event[], number | undefined]>([
    ['0.8 s after speech without a transcript', spoke(1_000, 1_500), 2_300],
    ['when STT sends an empty transcript', [owed, ...spoke(0, 500), empty], 1_300],
    ['but not after a cough', spoke(0, 399), undefined],
    ['nor after two', [...spoke(0, 300), ...spoke(600, 900)], undefined],
    ['but after speech and a cough', [...spoke(0, 500), ...spoke(600, 700)], 1_500],
    [
      'not while the caller keeps speaking',
      [...spoke(0, 500), { kind: 'speaks', at: 900 }],
      undefined,
    ],
    ['later while a transcript is pending', [owed, ...spoke(0, 500)], 4_500],
    ['not with a transcript', [...spoke(0, 500), words(900)], undefined],
    [
      'also with a transcript that arrived before the silence was confirmed',
      [{ kind: 'speaks', at: 0 }, owed, words(900), { kind: 'silent', at: 600 }],
      undefined,
    ],
    [
      'but in speech after a transcript',
      [{ kind: 'speaks', at: 0 }, words(900), { kind: 'silent', at: 1_500 }],
      2_300,
    ],
    ['not while the agent has something to say', [...spoke(0, 500), busy], undefined],
    ['not twice', [...spoke(0, 500), said], undefined],
    ['three times in a row', [...misses(2), ...spoke(0, 500)], 1_300],
    ['not a fourth time', [...misses(3), ...spoke(0, 500)], undefined],
    ['again after a transcript', [...misses(3), words(0), ...spoke(0, 500)], 1_300],
  ])('%s', (_, events, expected) => {
    expect(missedAt(events.reduce(afterEvent, nothingHeard))).toBe(expected);
  });
});

/** The watched part of a session; speaks immediately. */
class Session extends EventEmitter {
  agentState = 'listening';
  currentSpeech: { done(): boolean } | undefined;
  llm: unknown;
  readonly history = new llm.ChatContext();
  readonly said: string[] = [];
  readonly currentAgent = { getActivityOrThrow: () => this };
  say(text: string) {
    this.said.push(text);
    this.history.addMessage({ role: 'assistant', content: text });
  }
}

describe('the agent', () => {
  let session: Session;
  let may: boolean;
  let page: boolean;
  let reported: EventData[];
  let hears: (type: stt.SpeechEventType, text?: string) => void;
  const DIDNT = 'Sorry, I did not catch that.';

  beforeEach(() => {
    vi.useFakeTimers();
    session = new Session();
    may = true;
    page = true;
    reported = [];
    session.history.addMessage({ role: 'assistant', content: 'Of course. Which day?' });
    watchMissedWords({
      session: session as unknown as voice.AgentSession,
      onHeard: (listener) => {
        hears = (type, text) =>
          listener({ type, ...(text !== undefined && { alternatives: [{ text } as never] }) });
      },
      mayAsk: () => may,
      canType: () => page,
      report: (what) => reported.push(what),
      identity: 'ada',
    });
  });
  afterEach(() => vi.useRealTimers());

  const userState = (newState: string) =>
    session.emit(On.UserStateChanged, { newState, createdAt: Date.now() });
  /** The caller makes a sound of that length, followed by confirmed silence. */
  function sounds(ms: number) {
    userState('speaking');
    hears(Kind.START_OF_SPEECH);
    vi.advanceTimersByTime(ms + MIN_SILENCE_MS);
    userState('listening');
  }
  function speaksUnheard() {
    sounds(600);
    hears(Kind.FINAL_TRANSCRIPT, '');
    vi.advanceTimersByTime(1_200 - MIN_SILENCE_MS);
  }

  test('says so within 1.2 s, repeats its question, and reports it', () => {
    speaksUnheard();
    expect(session.said).toEqual([`${DIDNT} Which day?`]);
    expect(reported).toEqual([{ kind: 'missed_words', identity: 'ada', ms: 600, offered: false }]);
  });

  test('does not offer typing on a telephone', () => {
    page = false;
    for (let i = 0; i < 4; i++) speaksUnheard();
    expect(session.said).toHaveLength(2);
  });

  test.each<[string, () => void]>([
    ['is speaking', () => (session.agentState = 'speaking')],
    ['waits for a tool or a colleague', () => (session.currentSpeech = { done: () => false })],
    ['has to be silent', () => (may = false)],
    ['has a realtime model', () => (session.llm = Object.create(llm.RealtimeModel.prototype))],
  ])('says nothing while it %s', (_, arrange) => {
    arrange();
    speaksUnheard();
    vi.advanceTimersByTime(5_000);
    expect(session.said).toEqual([]);
    expect(reported).toEqual([]);
  });

  test('says nothing to a caller who typed instead', () => {
    sounds(600);
    hears(Kind.FINAL_TRANSCRIPT, '');
    const item = llm.ChatMessage.create({ role: 'user', content: 'Friday' });
    session.emit(On.ConversationItemAdded, { item });
    vi.advanceTimersByTime(5_000);
    expect(session.said).toEqual([]);
  });
});
