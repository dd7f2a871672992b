// Moments of a call, and whether the caller is told that the agent has not answered.
import { describe, expect, test } from 'vitest';
import type { Line } from '@/lib/call/line';
import { fold, says } from '@/lib/call/testing/transcript-events';
import {
  LISTENING_MS,
  type Moment,
  NOTHING_AWAITED,
  nextAwaited,
  SPOKEN_MS,
  THINKING_MS,
  UNHEARD_MS,
} from '@/lib/call/unanswered';

const asked = fold([
  says('ada', 'hello', 0, 'Hello.', { final: true }),
  says('you', 'q1', 900, 'Where are you?', { final: true }),
]);
const answered = [...asked, ...fold([says('ada', 'a1', 2_000, 'Here.')])];
const agentIn = (state: string | undefined, audible = false) => ({ identity: 'a', state, audible });
const listening = agentIn('listening');

/** What the caller is told after these moments, a second apart unless they say when. */
const lateAfter = (...moments: (Partial<Moment> & { readonly now: number })[]) =>
  moments.reduce(
    (before, moment) =>
      nextAwaited(before, {
        ...{ lines: asked, speaking: false, agent: listening, paused: false },
        ...moment,
      }),
    NOTHING_AWAITED,
  ).late;

/** The moments: at first, when nothing has been asked, then with the question at 1 s, then much later. */
const wait = (ms: number, what: Partial<Moment> = {}) =>
  lateAfter(
    { now: 0, lines: asked.slice(0, 1), ...what },
    { now: 1_000, ...what },
    { now: 1_000 + ms, ...what },
  );

test('a listening agent that does not answer', () => {
  expect(wait(LISTENING_MS - 1)).toBe(false);
  expect(wait(LISTENING_MS)).toBe(true);
});

test.each(['thinking', 'initializing', undefined])(
  'an agent whose state is %s has longer',
  (state) => {
    expect(wait(THINKING_MS - 1, { agent: agentIn(state) })).toBe(false);
    expect(wait(THINKING_MS, { agent: agentIn(state) })).toBe(true);
  },
);

test('a change of its state is a sign of life', () => {
  const states = [
    { now: 1_000 },
    { now: 8_000, agent: agentIn('thinking') },
    { now: 15_000 },
  ] as const;
  expect(lateAfter(...states, { now: 15_000 + LISTENING_MS - 1 })).toBe(false);
  expect(lateAfter(...states, { now: 15_000 + LISTENING_MS })).toBe(true);
});

test('words or sounds are an answer', () => {
  expect(
    lateAfter({ now: 1_000 }, { now: 2_000, lines: answered }, { now: 99_000, lines: answered }),
  ).toBe(false);
  // Without a transcript.
  const spoke = [{ now: 1_000 }, { now: 2_000, agent: agentIn('speaking', true) }, { now: 3_000 }];
  expect(lateAfter(...spoke, { now: 99_000 })).toBe(false);
  // The end of what it was saying anyway is none.
  const speaking = agentIn('speaking', true);
  const interrupted = [
    { now: 0, agent: speaking, lines: [] },
    { now: 1_000, agent: speaking },
    { now: 1_250 },
  ];
  expect(lateAfter(...interrupted, { now: 1_250 + LISTENING_MS })).toBe(true);
});

test('an answer takes it back, and the next question is awaited anew', () => {
  const late = [{ now: 1_000 }, { now: 10_000 }];
  expect(lateAfter(...late)).toBe(true);
  expect(lateAfter(...late, { now: 10_250, lines: answered })).toBe(false);
  const again = [...asked, ...fold([says('you', 'q2', 10_000, 'Hello?', { final: true })])];
  expect(lateAfter(...late, { now: 10_250, lines: again })).toBe(false);
  expect(lateAfter(...late, { now: 10_250, lines: again }, { now: 19_000, lines: again })).toBe(
    true,
  );
});

const key = { kind: 'typed', id: 'key', at: 0, text: '1', pressed: true } as const;
const voice = { side: 'you', by: 'me', name: '' } as const;
test.each<[string, Partial<Moment>]>([
  ['no agent, or people beside it', { agent: undefined }],
  ['the caller is still speaking', { speaking: true }],
  ['the connection is lost', { paused: true }],
  ['nothing was asked', { lines: [] }],
  ['an unfinished sentence', { lines: fold([says('you', 'q', 0, 'Where')]) }],
  ['a pressed key', { lines: fold([{ ...key, voice }]) }],
  [
    'an error was said',
    { lines: [...asked, { kind: 'trouble', key: 't', at: 1, text: 'Oh.' }] satisfies Line[] },
  ],
])('nothing is said: %s', (_, what) => {
  expect(wait(THINKING_MS, what)).toBe(false);
});

describe('an agent that shows no words', () => {
  /** Silence, then the caller speaks for `ms`, and is done; then `after` milliseconds pass. */
  const heard = (ms: number, after: number, what: Partial<Moment> = {}) =>
    lateAfter(
      { now: 0, lines: [], ...what },
      { now: 0, lines: [], speaking: true, ...what },
      { now: ms, lines: [], speaking: true, ...what },
      { now: ms, lines: [], ...what },
      { now: ms + after, lines: [], ...what },
    );

  test('owes an answer to what LiveKit hears of the caller, from its end on', () => {
    expect(heard(SPOKEN_MS, UNHEARD_MS - 1)).toBe(false);
    expect(heard(SPOKEN_MS, UNHEARD_MS)).toBe(true);
    // A cough.
    expect(heard(SPOKEN_MS - 1, THINKING_MS)).toBe(false);
  });

  test.each(['thinking', undefined])('has longer if its state is %s', (state) => {
    expect(heard(SPOKEN_MS, THINKING_MS - 1, { agent: agentIn(state) })).toBe(false);
    expect(heard(SPOKEN_MS, THINKING_MS, { agent: agentIn(state) })).toBe(true);
  });

  test('may say that it speaks, and be silent', () => {
    expect(heard(SPOKEN_MS, UNHEARD_MS, { agent: agentIn('speaking') })).toBe(true);
    // The caller's microphone hears it.
    expect(heard(SPOKEN_MS, UNHEARD_MS, { agent: agentIn('speaking', true) })).toBe(false);
  });

  test('answers by its voice or by words', () => {
    const spoken = [
      { now: 0, lines: [], speaking: true },
      { now: SPOKEN_MS, lines: [], speaking: true },
      { now: 2_000, lines: [] },
    ] as const;
    const end = 2_000 + UNHEARD_MS;
    expect(lateAfter(...spoken, { now: end, lines: [] })).toBe(true);
    const sounds = [
      { now: 3_000, lines: [], agent: agentIn('speaking', true) },
      { now: 4_000, lines: [] },
    ];
    expect(lateAfter(...spoken, ...sounds, { now: 99_000, lines: [] })).toBe(false);
    const words = fold([says('ada', 'hello', 0, 'Hello.')]);
    expect(lateAfter(...spoken, { now: 3_000, lines: words }, { now: 99_000, lines: words })).toBe(
      false,
    );
    // Another agent, which was not asked.
    const other = { ...listening, identity: 'b' };
    const replaced = { lines: [], agent: other };
    expect(lateAfter(...spoken, { now: 3_000, ...replaced }, { now: 99_000, ...replaced })).toBe(
      false,
    );
  });
});
