// Sentences about what happened in a call, in each language.
import { expect, it } from 'vitest';
import {
  clocksText,
  describeEvent,
  describeMarkInTime,
  type EventWording,
  latencyText,
} from '@/components/calls/event-words';
import type { Mark } from '@/lib/calls/call';
import { type Language, LOCALES } from '@/lib/core/language';
import { catalogueWords } from '@/lib/messages/catalogue';
import { translator } from '@/lib/messages/messages';

const wordingIn = (language: Language): EventWording => ({
  ...catalogueWords(translator(language, 'catalogue'), LOCALES[language]),
  t: translator(language, 'callDetails'),
  reasons: translator(language, 'endReasons'),
  locale: LOCALES[language],
  nameOf: (name) => (name === 'front-desk' ? 'Ada' : name),
  called: () => 'Ann',
  speaker: ({ by }) => by,
});
const english = wordingIn('en');
const german = wordingIn('de');

it.each([
  [
    { kind: 'person_left', identity: 'x', why: 'left' },
    'Ann left: hung up',
    'Ann ist gegangen: hat aufgelegt',
  ],
  [
    {
      kind: 'agent_joined',
      identity: 'a',
      agent: 'front-desk',
      deployment: 'staging',
      worker: 'w-1',
      overrides: { voice: 'marin', instructions: 'Be brief' },
    },
    'Ada joined, staging, worker w-1, with voice marin, instructions “Be brief”',
    'Ada ist da, staging, Worker w-1, mit Stimme marin, Anweisungen „Be brief“',
  ],
  [
    { kind: 'missed_words', identity: 'x', ms: 2_340, offered: true },
    'Ann understood none of 2.3 s of speech and offered typing',
    'Ann hat 2,3 s Gesprochenes nicht verstanden und Tippen angeboten',
  ],
  [
    { kind: 'stuck', identity: 'x', part: 'stt', ms: 2_040, done: 'exchanged' },
    'Ann got no transcript for 2 s: another one went on',
    'Ann hat 2 s lang kein Transkript bekommen: Ersatz hat übernommen',
  ],
  [{ kind: 'agent_state', identity: 'x', state: 'thinking' }, 'Ann is thinking', 'Ann denkt nach'],
  [
    { kind: 'outcome', outcome: 'appointment', reason: 'Booked' },
    'Outcome: appointment booked, “Booked”',
    'Ergebnis: Termin vereinbart, „Booked“',
  ],
  [
    { kind: 'spans', agent: 'front-desk', spans: [] },
    '0 measured steps of Ada',
    '0 gemessene Schritte von Ada',
  ],
] as const)('describes %o', (what, inEnglish, inGerman) => {
  expect(describeEvent(structuredClone(what) as never, english)).toBe(inEnglish);
  expect(describeEvent(structuredClone(what) as never, german)).toBe(inGerman);
});

const turn: Extract<Mark, { kind: 'turn' }> = {
  kind: 'turn',
  id: 't',
  from: 62_000,
  to: 63_250,
  speaker: 'agent',
  by: 'Ada',
  text: 'Hello',
  typed: false,
  interrupted: true,
  latency: { transcript: 120, firstAudio: 1_250.4 },
};

it('describes a turn with its measurements', () => {
  expect(describeMarkInTime(turn, english)).toBe(
    '01:02 Ada: “Hello” · 1.3 s · interrupted · answered after 1.3 s',
  );
  expect(describeMarkInTime({ ...turn, typed: true, interrupted: false }, german)).toBe(
    '01:02 Ada (geschrieben): „Hello“ · Antwort nach 1,3 s',
  );
  expect(latencyText(turn, english)).toBe('transcript 120 ms · first audio 1.3 s · interrupted');
});

it('says by how much clocks differed', () => {
  const clocks = [
    { source: 'livekit', offsetMs: 1_200 },
    { source: 'worker:w-1', offsetMs: -40 },
  ];
  expect(clocksText(clocks, english)).toMatch(
    /: LiveKit was 1.2 s behind, worker w-1 was 40 ms ahead\.$/,
  );
});
