// Other words for what agents say, in German.
import type { Rewording } from './unrepeated';

/** Sentences that come often, and other words for each, taken in turn. */
const WAYS: readonly (readonly string[])[] = [
  ['Kann ich sonst noch etwas für Sie tun?', 'Haben Sie noch eine Frage?', 'Ist sonst noch etwas?'],
  ['Was kann ich für Sie tun?', 'Wie kann ich Ihnen helfen?', 'Worum geht es?'],
  ['Wie kann ich Ihnen helfen?', 'Was kann ich für Sie tun?', 'Worum geht es denn?'],
  ['Was möchten Sie wissen?', 'Was ist Ihre Frage?', 'Worum geht es Ihnen?'],
  ['Wie lautet die Nachricht?', 'Was soll ich ausrichten?', 'Was soll in der Nachricht stehen?'],
  ['Wie ist Ihr Name?', 'Auf welchen Namen, bitte?', 'Und Ihr Name, bitte?'],
  ['Auf welchen Namen darf ich den Termin eintragen?', 'Auf welchen Namen, bitte?'],
  ['Von wem ist sie?', 'Und Ihr Name, bitte?', 'Wessen Name soll dabei stehen?'],
  [
    'Unter welcher Nummer erreichen wir Sie?',
    'Welche Nummer sollen wir anrufen?',
    'Und Ihre Nummer, bitte?',
  ],
  ['An welchem Tag möchten Sie kommen?', 'Welcher Tag passt Ihnen?', 'An welchem Tag, bitte?'],
  ['Soll ich ihn eintragen?', 'Ist das so richtig?', 'Passt das so?'],
  ['Soll ich das so weitergeben?', 'Ist das so richtig?', 'Stimmt das so?'],
  [
    'Soll ich eine Nachricht aufnehmen?',
    'Möchten Sie eine Nachricht hinterlassen?',
    'Darf ich es aufschreiben?',
  ],
  [
    'Soll ich eine Nachricht aufnehmen, damit man Sie zurückruft?',
    'Möchten Sie, dass man Sie deswegen zurückruft?',
    'Soll Sie jemand deswegen anrufen?',
  ],
  ['Gern geschehen.', 'Sehr gern.', 'Keine Ursache.'],
  ['In Ordnung.', 'Gut.', 'Alles klar.'],
  ['Kein Problem.', 'Das macht nichts.', 'Schon gut.'],
  ['Natürlich.', 'Gern.', 'Selbstverständlich.'],
  ['Vielen Dank für Ihren Anruf.', 'Danke für Ihren Anruf.', 'Alles Gute.'],
  ['Auf Wiederhören.', 'Bis zum nächsten Mal, auf Wiederhören.', 'Dann auf Wiederhören.'],
  ['Einen Moment, bitte.', 'Noch einen kleinen Moment, bitte.', 'Es dauert nur einen Moment.'],
  ['Das tut mir leid.', 'Ich bitte um Entschuldigung.', 'Ich verstehe, das tut mir leid.'],
  [
    'Das habe ich leider nicht verstanden.',
    'Das ist bei mir leider nicht angekommen.',
    'Da bin ich leider nicht mitgekommen.',
  ],
];

/** The same for sentences with something of the caller's in them. */
const FORMS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^Passt Ihnen (.+)\?$/, ['Wäre Ihnen $1 recht?', 'Ginge $1?']],
  [/^Die Nachricht(.*) lautet: (.+)$/, ['Jetzt steht in der Nachricht$1: $2']],
];

/** See `unrepeated.ts`. Behind a colon a German sentence begins as it always does. */
export const german: Rewording = {
  ways: WAYS,
  forms: FORMS,
  yesOrNo:
    /^(?:Soll|Sollen|Möchten|Wollen|Ist|Sind|Haben|Hätten|Kann|Können|Darf|Dürfen|Passt|Stimmt|Wäre|Ginge|Geht|Brauchen)\b/,
  endings: [', bitte?', ', ja oder nein?', ', oder nicht?'],
  leads: { question: ['Also:', 'Noch einmal:'], statement: ['Wie gesagt:', 'Noch einmal:'] },
  inside: (sentence) => sentence,
};
