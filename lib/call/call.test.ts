// Small functions of a call: the speaker, the end reason, microphone problems, settings, the transcript's text.

import { expect, test } from 'vitest';
import { MicBarrierError, micProblem } from '@/lib/call/mic-problem';
import { PAGE_ENDS, pageEnd } from '@/lib/call/page-end';
import { DEFAULT_SETTINGS, parseSettings } from '@/lib/call/settings';
import { type Heard, speakerOf } from '@/lib/call/speaker';
import { transcriptText } from '@/lib/call/transcript-text';
import { clock, isoDuration } from '@/lib/core/clock';
import { closingOf } from '@/lib/livekit/attributes';
import { translator } from '@/lib/messages/messages';

const t = translator('en', 'call');

const voices: Heard[] = [
  { identity: 'me', side: 'you', tracks: new Set(['TR_me', 'TR_me2']) },
  { identity: 'agent', side: 'agent', tracks: new Set(['TR_agent']) },
  { identity: 'frank', side: 'agent', tracks: new Set() },
  { identity: 'other', side: 'person', tracks: new Set(['TR_other']) },
];

test.each([
  ['by the track, even if the agent sends it', 'TR_me', 'agent', 'you', 'me'],
  ['by a track published later', 'TR_me2', 'agent', 'you', 'me'],
  ['by the sender without a track', undefined, 'me', 'you', 'me'],
  ['by the sender with a track that is not known yet', 'TR_new', 'agent', 'agent', 'agent'],
  ['the agent', 'TR_agent', 'agent', 'agent', 'agent'],
  ['the agent without a track', undefined, 'agent', 'agent', 'agent'],
  ['another agent', undefined, 'frank', 'agent', 'frank'],
  ['another person, whose words the agent sends', 'TR_other', 'agent', 'person', 'other'],
  ['another person who sends their own', undefined, 'other', 'person', 'other'],
  ['an agent that has left', 'TR_gone', 'gone', 'agent', 'gone'],
  ['an agent that has left, of a person’s words', 'TR_me', 'gone', 'you', 'me'],
  ['a person who sends a stream as the agent’s', 'TR_agent', 'other', 'person', 'other'],
  ['a person who sends a stream as another person’s', 'TR_me', 'other', 'person', 'other'],
] as const)('speaker: %s', (_what, track, sender, side, identity) => {
  expect(speakerOf({ track, sender }, voices, new Set(['gone']))).toMatchObject({ side, identity });
});

test('speaker: nobody, if LiveKit has not announced the sender', () => {
  for (const track of ['TR_agent', 'TR_me', undefined]) {
    expect(speakerOf({ track, sender: 'unannounced' }, voices, new Set(['gone']))).toBeUndefined();
  }
});

test.each([
  ['room-deleted', 'goodbye', 'goodbye'],
  ['room-deleted', 'shutdown', 'shutdown'],
  ['room-closed', 'error', 'error'],
  ['room-deleted', undefined, 'closed'],
  ['room-deleted', 'takeover', 'closed'],
  ['room-deleted', 'orphaned', 'error'],
  ['room-deleted', 'handoff', 'closed'],
  ['joined-elsewhere', 'goodbye', 'joined-elsewhere'],
  ['removed', undefined, 'removed'],
  ['server-shutdown', undefined, 'server-shutdown'],
  ['server-shutdown', 'shutdown', 'shutdown'],
  ['left', undefined, 'left'],
  ['unknown', undefined, 'server-lost'],
  ['connection-closed', undefined, 'server-lost'],
] as const)('end: %s after %s', (disconnect, leaving, reason) => {
  expect(pageEnd(disconnect, leaving)).toBe(reason);
});

test('uses the reason with which the room was closed, whatever an agent said before', () => {
  const closing = closingOf('{"callboard":{"closing":"The practice closes."}}');
  expect(closing).toBe('The practice closes.');
  expect(pageEnd('room-deleted', 'goodbye', closing)).toBe('closed');
  expect(pageEnd('joined-elsewhere', undefined, closing)).toBe('joined-elsewhere');
  for (const other of [undefined, '', '{', '{"callboard":1}', 'null']) {
    expect(closingOf(other)).toBeUndefined();
  }
});

test('has a text for every end reason', () => {
  for (const reason of PAGE_ENDS) {
    expect(t(`ends.${reason}.title`, { person: 'Ada' }).length).toBeGreaterThan(5);
    expect(t(`ends.${reason}.body`, { person: 'Ada' }).length).toBeGreaterThan(5);
  }
});

test.each([
  [0, 'You are next', 'Sie sind als Nächstes dran'],
  [1, '1 person is ahead of you', '1 Person ist vor Ihnen'],
  [2, '2 people are ahead of you', '2 Personen sind vor Ihnen'],
])('%i ahead in the queue', (ahead, english, german) => {
  expect(t('queue.before', { ahead })).toBe(english);
  expect(translator('de', 'call')('queue.before', { ahead })).toBe(german);
});

test.each([
  ['NotAllowedError', 'blocked'],
  ['NotReadableError', 'in-use'],
  ['AbortError', 'in-use'],
  ['NotFoundError', 'none'],
  ['OverconstrainedError', 'none'],
  ['TypeError', 'unknown'],
] as const)('microphone: %s', (name, problem) => {
  expect(micProblem(new DOMException('', name))).toBe(problem);
});

test('microphone: a page without https', () => {
  expect(micProblem(new MicBarrierError('insecure'))).toBe('insecure');
  expect(micProblem('no error at all')).toBe('unknown');
});

test('times', () => {
  expect([0, 999, 61_000, 3_725_000, -5].map(clock)).toEqual([
    '00:00',
    '00:00',
    '01:01',
    '1:02:05',
    '00:00',
  ]);
  expect(isoDuration(134_900)).toBe('PT134S');
});

test('settings handle any stored value', () => {
  expect(parseSettings(null)).toEqual(DEFAULT_SETTINGS);
  expect(parseSettings('{broken')).toEqual(DEFAULT_SETTINGS);
  expect(parseSettings('[1]')).toEqual(DEFAULT_SETTINGS);
  expect(parseSettings('"text"')).toEqual(DEFAULT_SETTINGS);
  expect(parseSettings('{"staging":true,"sounds":"loud","old":1}')).toEqual({
    ...DEFAULT_SETTINGS,
    staging: true,
  });
  expect(parseSettings('{"takeover":"stay"}').takeover).toBe('stay');
  expect(parseSettings('{"takeover":"shout"}').takeover).toBe('leave');
});

test('the transcript as text', () => {
  const written = transcriptText(
    [
      {
        kind: 'speech',
        key: 'a',
        at: 0,
        voice: { side: 'agent', by: 'a', name: 'Ada' },
        text: 'Good',
        final: true,
        typed: false,
        cut: 'interrupted',
      },
      { kind: 'tool', key: 't', at: 1_000, label: 'Looked', ms: 31.4 },
      {
        kind: 'speech',
        key: 'u',
        at: 62_000,
        voice: { side: 'you', by: 'me', name: '' },
        text: 'Hi',
        final: true,
        typed: true,
        cut: false,
      },
      { kind: 'trouble', key: 'x', at: 63_000, text: 'Notes lost' },
      ...(
        [
          { what: 'joined', name: 'Margaret' },
          { what: 'left', name: 'Ada' },
          { what: 'handoff', from: 'Ada', to: 'Frank' },
          { what: 'moved' },
          { what: 'lost', name: 'Frank' },
          { what: 'back', name: 'Frank' },
        ] as const
      ).map((divider, at) => ({ kind: 'divider' as const, key: `d${at}`, at: 64_000, divider })),
      {
        kind: 'speech',
        key: 'p',
        at: 64_500,
        voice: { side: 'person', by: 'm', name: 'Margaret' },
        text: 'Hello',
        final: true,
        typed: true,
        cut: false,
      },
    ],
    {
      title: 'Callboard: Ada',
      at: new Date('2026-11-20T10:42:03Z'),
      lengthMs: 65_000,
      end: 'You ended the call.',
      t,
      locale: 'en-GB',
      translate: (words) => words.replace('Looked', 'Nachgesehen'),
    },
  );
  expect(written).toBe(
    [
      'Callboard: Ada',
      '2026-11-20 10:42 UTC, 01:05. You ended the call.',
      '',
      '[00:00] Ada: Good — (interrupted)',
      '[00:01] (Nachgesehen, 31 ms)',
      '[01:02] You: Hi',
      '[01:03] (Notes lost)',
      '[01:04] — Margaret joined —',
      '[01:04] — Ada left —',
      '[01:04] — Ada handed off to Frank —',
      '[01:04] — Moved to another room —',
      '[01:04] — Frank was lost —',
      '[01:04] — Frank is back —',
      '[01:04] Margaret: Hello',
      '',
    ].join('\n'),
  );
});
