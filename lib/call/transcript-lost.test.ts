// The transcript of a lost agent: all it said, and where it was cut off.
import { expect, test } from 'vitest';
import { fold, says, shown, shuffled, voiceOf } from './testing/transcript-events';
import type { TranscriptEvent } from './transcript';

const events: TranscriptEvent[] = [
  says('Ada', 'a1', 10, 'Good morning.', { final: true }),
  says('you', 'u1', 20, 'Hello', { final: true }),
  says('Ada', 'a2', 30, 'Doctor Lee has half past'),
  says('you', 'u2', 35, 'Is there'),
  { kind: 'lost', at: 40, by: 'id-Ada' },
  says('you', 'u3', 50, 'Hello?'),
  { ...says('Ada', 'a3', 60, 'I was cut off.'), voice: { ...voiceOf('Ada'), by: 'id-Ada-2' } },
];
const EXPECTED = [
  'Ada: Good morning.',
  'you: Hello',
  'Ada: Doctor Lee has half past /lost',
  'you: Is there',
  'you: Hello? …',
  'Ada: I was cut off. …',
];

test('keeps its last line and transcription, cut off; its replacement continues', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    expect(shown(fold(shuffled([...events, ...events], seed)))).toEqual(EXPECTED);
  }
});

test('a broken stream leaves the line cut off', () => {
  const broke = says('Ada', 'a2', 30, 'Doctor Lee has half past', { final: true, broken: true });
  expect(shown(fold([...events, broke]))).toEqual(EXPECTED);
});

test('a broken stream of an agent that left regularly ends the line', () => {
  const broke = says('Ada', 'a1', 10, 'Good', { final: true, broken: true });
  expect(shown(fold([broke]))).toEqual(['Ada: Good']);
});

test('a line that was finished after all is complete', () => {
  const whole = says('Ada', 'a2', 30, 'Doctor Lee has half past two.', { final: true });
  expect(shown(fold([...events, whole]))[2]).toBe('Ada: Doctor Lee has half past two.');
});
