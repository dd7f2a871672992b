import { describe, expect, test } from 'vitest';
import { ReplyClock } from './reply-clock';

/** When the caller stopped speaking: seconds since 1970. */
const STOPPED = 1_000;
const question = { metrics: { stoppedSpeakingAt: STOPPED, transcriptionDelay: 0.2 } };
const answer = { metrics: { e2eLatency: 0.9 } };
/** A request whose first token arrived this many milliseconds after the caller's speech. */
const token = (after: number) => ({
  timestamp: STOPPED * 1_000 + after + 300,
  durationMs: 400,
  ttftMs: 100,
});

describe('the latency of an answer', () => {
  /** Steps in order: the question, and requests by the time of their first token. */
  test.each<[string, ('question' | number)[], object]>([
    ['spoken', ['question', 500], { firstToken: 500 }],
    ['generated preemptively', [300, 'question'], { firstToken: 300 }],
    ['with a tool before', ['question', 400, 800], { firstToken: 400 }],
    [
      'started while the caller was speaking, and again',
      [-200, 'question', 600],
      { firstToken: 600 },
    ],
    ['without a language model', ['question'], {}],
  ])('%s', (_, steps, expected) => {
    const clock = new ReplyClock();
    for (const step of steps) {
      if (step === 'question') clock.question(question);
      else clock.request(token(step));
    }
    clock.request({ ...token(1), ttftMs: -1 });
    expect(clock.answer(answer)).toEqual({ transcript: 200, firstAudio: 900, ...expected });
  });

  test('to a typed question or a greeting: none', () => {
    const clock = new ReplyClock();
    clock.request(token(1));
    expect(clock.answer({ metrics: {} })).toBeUndefined();
  });

  test('each measurement belongs to one answer', () => {
    const clock = new ReplyClock();
    clock.question(question);
    clock.request(token(500));
    clock.answer(answer);
    expect(clock.answer(answer)).toEqual({ firstAudio: 900 });
  });
});
