// Talks with billing in German: what is asked is answered, and no answer leaves a caller without
// something to go on with, by the rules of all dialogues.
import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import type { HandOverBrief } from '@/lib/brief';
import { broken } from '../../../dialogues/rules';
import { callBilling } from '../../testing/billing';
import { newStore } from '../../testing/desk';
import { play, type Script } from '../../testing/play';
import type { Talk } from '../../testing/talk';
import { billingGreeting } from '../greeting';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const HANDED_OVER: HandOverBrief = {
  kind: 'handover',
  from: { agent: 'front-desk', person: 'Ada', identity: 'agent-1' },
  summary: 'Margarete hat eine Frage an die Abrechnung.',
  caller: 'Margarete',
  said: [{ speaker: 'caller', text: 'Ich habe eine Frage zu meiner Rechnung.' }],
};

const call = (brief: HandOverBrief | undefined = HANDED_OVER, store = newStore()) =>
  callBilling(brief, store, 'de');

/** What is wrong with the answers by the rules that hold for all. */
function wrong({ transcript }: Talk, again: readonly string[] = []): string[] {
  const answers = transcript.flatMap((line, at) =>
    line.startsWith('Agent: ') ? [{ text: line.slice(7), asked: transcript[at - 1] ?? '' }] : [],
  );
  return answers.flatMap(({ text, asked }, at) => {
    const before = answers[at - 1]?.text ?? '';
    const mayRepeat = again.some((one) => asked.endsWith(one));
    const over = /Wiederhören/.test(text);
    return broken({ text, before, mayRepeat, over }).map((what) => `${asked} → ${text}: ${what}`);
  });
}

const scripts: Record<string, Script> = {
  'tells how, when and what to pay': [
    [
      'Wie kann ich bezahlen?',
      'mit Karte am Empfang, per Überweisung oder per Scheck',
      'noch etwas',
    ],
    ['Und bis wann muss ich zahlen?', '30 Tage nach ihrem Datum'],
    ['Was kostet eine Blutabnahme?', 'für eine Blutabnahme 45 Dollar'],
    ['Und eine Impfung?', 'für eine Impfung 60 Dollar'],
    ['Was sind Ihre Preise?', 'einen Arzttermin 80 Dollar', 'Vorsorgeuntersuchung 120 Dollar'],
    ['Kann ich in Raten zahlen?', 'drei Monatsraten', 'Soll ich'],
    ['Nein danke.', 'noch'],
    ['Wohin kann ich schreiben?', 'die Abrechnung, 14 Willow Street'],
    ['Nein, das war alles.', 'Auf Wiederhören.'],
  ],
  'knows the practice too, but has no diary': [
    ['Wo sind Sie?', '14 Willow Street'],
    ['Wie ist Ihre Telefonnummer?', '5 5 5, 0 1 4 2'],
    ['Ich brauche einen Termin', 'Das macht der Empfang', 'Nachricht'],
    ['Nein', 'In Ordnung'],
    ['Tschüss', 'Auf Wiederhören'],
  ],
  'repeats the number of an invoice, and takes a message with it': [
    ['Ich habe eine Frage zu meiner Rechnung.', 'nicht sehen', 'Nummer der Rechnung?'],
    ['Eins null vier zwei.', 'Rechnung 1 0 4 2.', 'Soll ich eine Nachricht'],
    ['Ja bitte.', 'Unter welcher Nummer', '!Wie lautet die Nachricht'],
    ['555 0199', 'wegen Rechnung 1042 zurück.', 'Von Margarete, Nummer 5 5 5, 0 1 9 9.'],
    ['Ja.', 'Danke', 'Abrechnung'],
    ['Nein, das ist alles.', 'Auf Wiederhören.'],
  ],
  'does without the number, and asks for it in other words': [
    ['Es geht um meine Rechnung', 'Nummer der Rechnung?'],
    ['blörf', 'Ziffer für Ziffer'],
    ['das Zebra', 'nein'],
    ['Die habe ich nicht hier', 'unter Ihrem Namen', 'Soll ich'],
    ['Nein.', 'In Ordnung.'],
  ],
  'keeps the number for what comes next': [
    ['Es geht um Rechnung 1042', 'Rechnung 1 0 4 2'],
    ['Nein danke.', 'In Ordnung'],
    ['Kann ich eine Quittung bekommen?', 'per Post', 'Soll ich'],
    ['Ja', 'welcher Nummer'],
    ['nein', 'eine Kopie von Rechnung 1042', 'Von Margarete, ohne Nummer.'],
    ['Ja', 'Danke'],
  ],
  'refunds end in the offer of a message': [
    ['Sie haben mir doppelt abgebucht!', 'zehn Werktagen', 'Nachricht'],
    ['Das ist unverschämt', 'tut mir leid', 'zurückruft'],
    ['Ich will mein Geld zurück', 'Erstattung'],
    ['Ja bitte', 'welcher Nummer'],
    ['Wie lange habe ich Zeit zu zahlen?', '30 Tage', 'Nummer'],
    ['null drei null, vier fünf sechs sieben', 'Soll'],
    ['Ja', 'Danke'],
    ['Danke schön, tschüss', 'Auf Wiederhören'],
  ],
  'a message of the caller’s own': [
    ['Ich möchte eine Nachricht hinterlassen', 'Wie lautet die Nachricht'],
    ['Ich bin nächste Woche im Urlaub und zahle danach.', 'welcher Nummer'],
    ['keine', 'Ich bin nächste Woche im Urlaub und zahle danach.', 'ohne Nummer'],
    ['nein', 'ändern'],
    ['Die Nummer', 'welcher Nummer'],
    ['555 0199', 'Nummer 5 5 5, 0 1 9 9'],
    ['Ja', 'Danke'],
  ],
  'within a message it asks on, in other words each time': [
    ['Kann ich eine Nachricht hinterlassen?', 'Wie lautet die Nachricht'],
    ['Bitte schicken Sie mir die Rechnung noch einmal.', 'welcher Nummer'],
    ['blörf', 'nicht verstanden'],
    ['der Mond', 'nicht angekommen'],
    ['grün', 'tippen'],
    ['Vergessen Sie es', 'Kein Problem'],
    ['Nein', 'Auf Wiederhören'],
  ],
  'is never lost for words': [
    ['Hallo', 'Guten Tag'],
    ['Wie geht es Ihnen?', 'gut'],
    ['Sind Sie ein Roboter?', 'Ich bin Frank, der automatische Assistent'],
    ['flurb', 'leider'],
    ['das Zebra ist orange'],
    ['der Mond'],
    ['nochmal der Mond, bitte sehr'],
    ['ja'],
    ['nein'],
    ['...', 'nicht hören'],
    ['...'],
    ['Ich möchte mit der Abrechnung sprechen'],
    ['Warum ist das so teuer?'],
    ['Danke', 'Gern geschehen'],
    ['Mein Vater ist bewusstlos', '9 1 1'],
    ['Er wacht nicht auf', '9 1 1'],
    ['Es geht ihm wieder besser', 'gesagt'],
    ['Auf Wiederhören', 'Auf Wiederhören'],
    ['Danke', 'Wiederhören'],
  ],
};

test.each(Object.entries(scripts))('%s', async (_, script) => {
  const talk = await play(script, call());
  expect(wrong(talk), talk.transcript.join('\n')).toEqual([]);
});

test('what was said before is told back, and again on request', async () => {
  const talk = await play(
    [
      ['Wissen Sie schon, worum es geht?', 'zuletzt sagten Sie: Ich habe eine Frage zu meiner'],
      ['Wie bitte?', 'zuletzt sagten Sie'],
    ],
    call(),
  );
  expect(wrong(talk, ['Wie bitte?'])).toEqual([]);
  await play(
    [['Was wissen Sie schon?', 'noch nichts gesagt', 'Worum geht es?']],
    callBilling(undefined, newStore(), 'de'),
  );
});

test('the message lies where the front desk keeps its own, and the call ends by the tool', async () => {
  const store = newStore();
  const talk = await play(
    [['Ich brauche eine Quittung'], ['ja'], ['555 0199'], ['ja', 'Danke'], ['Tschüss']],
    call(HANDED_OVER, store),
  );
  expect(store.messages).toMatchObject([
    {
      for: 'die Abrechnung',
      from: 'Margarete',
      phone: '555 0199',
      text: 'Bitte schicken Sie mir eine Kopie von meiner letzten Rechnung.',
    },
  ]);
  expect(talk.call.ended).toBe(true);
});

test.each([
  [
    {},
    'Hier ist Frank von der Abrechnung. Ada sagt mir, Sie haben eine Frage zu einer Rechnung, Margarete. Was möchten Sie wissen?',
  ],
  [
    { said: [{ speaker: 'caller' as const, text: 'Es geht um Rechnung 1042.' }] },
    'eine Frage zu Rechnung 1 0 4 2,',
  ],
  [
    {
      said: [{ speaker: 'caller' as const, text: 'Verbinden Sie mich bitte.' }],
      summary: 'Margarete wurde doppelt abgebucht.',
    },
    'eine Frage zu einer Erstattung, Margarete.',
  ],
  [{ said: [], summary: 'The caller wants billing.', caller: undefined }, 'eine Frage an uns. Was'],
])('comes in with what it was told: %j', (told, greeting) => {
  expect(billingGreeting('Frank', { ...HANDED_OVER, ...told }, 'de')).toContain(greeting);
});

test('called back, it is there again', () => {
  expect(billingGreeting('Frank', { kind: 'callback' }, 'de')).toContain('Da bin ich wieder.');
});
