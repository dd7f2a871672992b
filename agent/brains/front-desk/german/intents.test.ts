// What German callers want, as tables: questions, wishes, names and numbers in one utterance.
import { describe, expect, test } from 'vitest';
import { clock, practice } from '../../testing/practice';
import { read } from './intents';

const reading = (said: string) => read(said, practice, clock);

test.each([
  ['Wann haben Sie geöffnet?', 'hours'],
  ['Bis wann haben Sie heute offen?', 'hours'],
  ['Koennen Sie mir sagen, wann Sie geoeffnet haben?', 'hours'],
  ['Wo finde ich Sie?', 'address'],
  ['Kann man bei Ihnen parken?', 'parking'],
  ['Wie ist Ihre Telefonnummer?', 'phone'],
  ['Was kostet eine Impfung?', 'price'],
  ['Wie viel muss ich für eine Blutabnahme bezahlen?', 'price'],
  ['Welche Ärzte haben Sie?', 'people'],
  ['Ist Doktor Lee am Montag da?', 'people'],
  ['Machen Sie auch Blutabnahmen?', 'services'],
  ['Sind Sie ein Roboter?', 'identity'],
  ['Was können Sie alles?', 'abilities'],
  ['Wie spät ist es?', 'time'],
  ['Wann ist mein Termin?', 'mine'],
] as const)('%s asks for %s', (said, topic) => {
  expect(reading(said).questions.map((one) => one.topic)).toEqual([topic]);
});

test.each([
  ['Ich möchte gern einen Termin', 'booking'],
  ['Haben Sie morgen noch etwas frei?', 'booking'],
  ['Ich brauche eine Impfung', 'booking'],
  ['Mir tut der Rücken weh', 'booking'],
  ['Ich muss absagen', 'cancel'],
  ['Kann ich den auf Dienstag verschieben?', 'change'],
  ['Können Sie etwas ausrichten?', 'message'],
  ['Ich möchte mit einem Menschen sprechen', 'message'],
  ['Ich habe eine Frage zu meiner Rechnung', 'handover'],
  ['Vergessen Sie es', 'stop'],
] as const)('%s wants %s', (said, want) => {
  expect(reading(said).wants).toEqual([want]);
});

test.each([
  ['Ja, gern', true, false],
  ['Nein', false, true],
  ['Das passt nicht', false, true],
  ['Warum nicht', true, false],
  ['Am Montag', false, false],
  ['Wo genau muss ich hin?', false, false],
  ['Ist das gut zu erreichen?', false, false],
  ['Ja, und wo finde ich Sie?', true, false],
] as const)('%s', (said, yes, no) => {
  expect(reading(said)).toMatchObject({ yes, no });
});

test.each([
  ['Mein Name ist Jörg Müller', 'Jörg Müller'],
  ['ich heisse anna schmidt', 'Anna Schmidt'],
  ['Einen Termin für meine Tochter Lena, bitte', 'Lena'],
  ['Hier ist Renate Vogel', 'Renate Vogel'],
  ['Er heißt Jonas Weiß', 'Jonas Weiß'],
  ['Auf den Namen Lena von Berg', 'Lena von Berg'],
  ['Mein Name ist Dr. Schneider', 'Schneider'],
  ['Ich bin krank', undefined],
  ['Einen Termin für Montag', undefined],
] as const)('the name in %s', (said, name) => {
  expect(reading(said).name).toBe(name);
});

test('a number is read digit by digit', () => {
  expect(reading('null eins sieben sechs, fünf fünf fünf, eins zwei drei vier').phone).toBe(
    '0176 555 1234',
  );
});

test('two questions are two', () => {
  const { questions } = reading('Wo sind Sie, und was kostet eine Impfung?');
  expect(questions.map(({ topic }) => topic)).toEqual(['address', 'price']);
});

describe('what cannot be is not wished for', () => {
  test.each([
    ['Nicht am Freitag, lieber am Montag', '2026-11-23'],
    ['Freitag geht nicht, sondern Montag', '2026-11-23'],
    ['Am Freitag kann ich nicht', undefined],
  ] as const)('%s', (said, day) => {
    expect(reading(said).when.day).toBe(day);
  });
});

test.each([
  'Meine Frau bekommt keine Luft',
  'Er ist bewusstlos',
  'Ich habe Schmerzen in der Brust',
])('%s is an emergency', (said) => {
  expect(reading(said).emergency).toBe(true);
});

test.each([
  ['bei Doktor Lee', 'Doctor Lee', undefined],
  ['bei Dr. Osei', 'Doctor Osei', undefined],
  ['zu Schwester Patell', 'Nurse Patel', undefined],
  ['bei Doktor Braun', undefined, 'Doktor Braun'],
  ['mit meiner Schwester Anna', undefined, undefined],
] as const)('who is meant in %s', (said, person, unknown) => {
  const { found } = reading(said);
  expect(found.person?.name).toBe(person);
  expect(found.unknown).toBe(unknown);
});
