// The transcript must not depend on the order of its events: each line once, in
// the right place and by the right speaker.
import { describe, expect, test } from 'vitest';
import { fold, says, shown, shuffled, signal, voiceOf } from '@/lib/call/testing/transcript-events';
import type { TranscriptEvent } from '@/lib/call/transcript';
import { usualAnswer } from '@/lib/call/transcript-lines';

/** A whole call with events in order. */
const CALL: TranscriptEvent[] = [
  says('agent', 'a1', 10, 'Good'),
  says('agent', 'a1', 10, 'Good morning'),
  says('agent', 'a1', 10, 'Good morning.', { final: true }),
  says('you', 'u1', 100, "I'd like"),
  says('you', 'u1', 120, "I'd like to see Doctor Lee"),
  says('you', 'u1', 140, "I'd like to see Doctor Lee.", { final: true }),
  signal('s1', 150, { kind: 'tool', id: 't', label: 'Looked for free times', ms: 31 }),
  says('agent', 'a2', 160, 'Doctor Lee has half past two, a quarter'),
  says('agent', 'a2', 160, 'Doctor Lee has half past two, a quarter past', { final: true }),
  signal('s2', 161, { kind: 'answered', ms: 480 }),
  says('you', 'u2', 180, 'Half past two is fine.', { final: true }),
  signal('s3', 185, { kind: 'interrupted', text: 'Doctor Lee has half past two, a' }),
  { kind: 'typed', id: 'm1', at: 300, voice: voiceOf('you'), text: 'Margaret Hale' },
  says('agent', 'a3', 310, 'Thank'),
];
const EXPECTED = [
  'agent: Good morning.',
  "you: I'd like to see Doctor Lee.",
  '(Looked for free times)',
  'agent: Doctor Lee has half past two, a /',
  'you: Half past two is fine.',
  'you: Margaret Hale',
  'agent: Thank …',
];

describe('lines', () => {
  test('a call', () => {
    expect(shown(fold(CALL))).toEqual(EXPECTED);
  });

  test('in any order of arrival, and with everything twice', () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      expect(shown(fold(shuffled([...CALL, ...CALL], seed)))).toEqual(EXPECTED);
    }
  });

  test('interim text is replaced in place, never by an older stream', () => {
    const events = [
      says('you', 'u', 1, 'a'),
      says('you', 'u', 2, 'a b', { final: true }),
      says('you', 'u', 1, 'a'),
    ];
    expect(shown(fold(events))).toEqual(['you: a b']);
  });

  test('a correction may be shorter than what it replaces', () => {
    const events = [says('you', 'u', 1, 'a b c d'), says('you', 'u', 2, 'a b')];
    expect(shown(fold(events))).toEqual(['you: a b …']);
  });

  test('the caller is before the agent if both begin at once', () => {
    const events = [says('agent', 'a', 5, 'Yes.'), says('you', 'z', 5, 'Hello?')];
    expect(shown(fold(events))).toEqual(['you: Hello? …', 'agent: Yes. …']);
  });

  test('a long line keeps the place in which it began', () => {
    const events = [
      says('you', 'u', 10, 'I would'),
      says('agent', 'a', 20, 'Mm.'),
      says('you', 'u', 30, 'I would like that.', { final: true }),
    ];
    expect(shown(fold(events))).toEqual(['you: I would like that.', 'agent: Mm. …']);
  });

  test('empty speech is no line', () => {
    expect(fold([says('you', 'u', 1, '  ', { final: true })])).toEqual([]);
  });
});

describe('cuts', () => {
  test('an interruption before any word does not affect an older line', () => {
    const events = [
      says('agent', 'a', 1, 'Good morning.', { final: true }),
      signal('s', 9, { kind: 'interrupted', text: '' }),
    ];
    expect(shown(fold(events))).toEqual(['agent: Good morning.']);
  });

  test('an interruption of other words does not affect the last line', () => {
    const events = [
      says('agent', 'a', 1, 'Good morning.', { final: true }),
      signal('s', 9, { kind: 'interrupted', text: 'We are open' }),
    ];
    expect(shown(fold(events))).toEqual(['agent: Good morning.']);
  });

  test('an interruption closes an open line', () => {
    const events = [
      says('agent', 'a', 1, 'Good'),
      signal('s', 9, { kind: 'interrupted', text: '' }),
    ];
    expect(shown(fold(events))).toEqual(['agent: Good /']);
  });
});

test.each([
  ['as each begins', [90, 2_040]],
  ['as each ends', [1_600, 3_400]],
] as const)(
  'the latency of a response stands at its line, reported %s',
  (_when, [first, second]) => {
    const lines = fold([
      says('agent', 'a1', 100, 'One.'),
      says('agent', 'a2', 2_000, 'Two.'),
      signal('s1', first, { kind: 'answered', ms: 300 }),
      signal('s2', second, { kind: 'answered', ms: 500 }),
    ]);
    expect(lines.map((line) => line.kind === 'speech' && line.answeredMs)).toEqual([300, 500]);
    expect(usualAnswer(lines)).toBe(400);
  },
);

test('the greeting has no response latency', () => {
  const lines = fold([
    says('agent', 'a1', 10, 'Good morning.', { final: true }),
    says('you', 'u1', 3_000, 'Hello.', { final: true }),
    says('agent', 'a2', 4_000, 'Yes?'),
    signal('s1', 3_990, { kind: 'answered', ms: 400 }),
  ]);
  expect(lines.map((line) => line.kind === 'speech' && line.answeredMs)).toEqual([
    undefined,
    undefined,
    400,
  ]);
  expect(usualAnswer([])).toBeUndefined();
});

test('trouble has its own row, and is not said again before something else is said', () => {
  const lost = { kind: 'trouble', text: 'I lost my notes.' } as const;
  const lines = fold([
    signal('s1', 1, lost),
    signal('s2', 2, lost),
    says('you', 'u1', 3, 'And now?', { final: true }),
    signal('s3', 4, lost),
    signal('s4', 5, { kind: 'trouble', text: 'I found them.' }),
  ]);
  expect(shown(lines)).toEqual([
    '! I lost my notes.',
    'you: And now?',
    '! I lost my notes.',
    '! I found them.',
  ]);
});

describe('several voices', () => {
  const handoff = { what: 'handoff', from: 'Ada', to: 'Frank' } as const;
  const events: TranscriptEvent[] = [
    says('Ada', 'a1', 10, 'I will get Frank for you.', { final: true }),
    { kind: 'divider', id: 'd1', at: 20, divider: handoff },
    says('Frank', 'f1', 30, 'Frank here. Your bill is', { final: true }),
    { kind: 'typed', id: 'm1', at: 40, voice: voiceOf('caller'), text: 'Which one?' },
  ];

  test('lines keep their speakers, with dividers between them', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      expect(shown(fold(shuffled([...events, ...events], seed)))).toEqual([
        'Ada: I will get Frank for you.',
        '-- handoff',
        'Frank: Frank here. Your bill is',
        'caller: Which one?',
      ]);
    }
  });

  test("an agent's signals touch its own lines only", () => {
    const lines = fold([
      ...events,
      signal('s1', 50, { kind: 'answered', ms: 300 }, 'id-Ada'),
      signal('s2', 51, { kind: 'interrupted', text: 'I will get' }, 'id-Frank'),
    ]);
    expect(lines.map((line) => line.kind === 'speech' && line.answeredMs)[0]).toBe(300);
    expect(lines.some((line) => line.kind === 'speech' && line.cut)).toBe(false);
  });
});

/** An agent is lost, and a replacement continues. */
const LOST: TranscriptEvent[] = [
  says('Ada', 'a1', 10, 'Good morning.', { final: true }),
  says('you', 'u1', 20, 'Hello', { final: true }),
  says('Ada', 'a2', 30, 'Doctor Lee has half past'),
  says('you', 'u2', 35, 'Is there'),
  { kind: 'lost', at: 40, by: 'id-Ada' },
  says('you', 'u3', 50, 'Hello?'),
  { ...says('Ada', 'a3', 60, 'I was cut off.'), voice: { ...voiceOf('Ada'), by: 'id-Ada-2' } },
];
const LOST_EXPECTED = [
  'Ada: Good morning.',
  'you: Hello',
  'Ada: Doctor Lee has half past /lost',
  'you: Is there',
  'you: Hello? …',
  'Ada: I was cut off. …',
];

test('a lost agent keeps its last line and transcription, cut off; its replacement continues', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    expect(shown(fold(shuffled([...LOST, ...LOST], seed)))).toEqual(LOST_EXPECTED);
  }
});

test('a broken stream leaves the line cut off', () => {
  const broke = says('Ada', 'a2', 30, 'Doctor Lee has half past', { final: true, broken: true });
  expect(shown(fold([...LOST, broke]))).toEqual(LOST_EXPECTED);
});

test('a broken stream of an agent that left regularly ends the line', () => {
  const broke = says('Ada', 'a1', 10, 'Good', { final: true, broken: true });
  expect(shown(fold([broke]))).toEqual(['Ada: Good']);
});

test('a line that was finished after all is complete', () => {
  const whole = says('Ada', 'a2', 30, 'Doctor Lee has half past two.', { final: true });
  expect(shown(fold([...LOST, whole]))[2]).toBe('Ada: Doctor Lee has half past two.');
});
