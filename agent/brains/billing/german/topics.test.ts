import { expect, test } from 'vitest';
import { billingTopic, readInvoice } from './topics';

test.each([
  ['Was hat Ada Ihnen gesagt?', 'told'],
  ['Wissen Sie schon, worum es geht?', 'told'],
  ['Wer sind Sie?', 'identity'],
  ['Sind Sie ein Mensch?', 'identity'],
  ['Kann ich in Raten zahlen?', 'plan'],
  ['Das kann ich mir nicht leisten', 'plan'],
  ['Ich will mein Geld zurück', 'refund'],
  ['Ich habe doppelt bezahlt', 'refund'],
  ['Ich brauche eine Quittung', 'copy'],
  ['Schicken Sie mir bitte die Rechnung', 'copy'],
  ['Wann ist die Rechnung fällig?', 'due'],
  ['Wann ist die Rechnung faellig?', 'due'],
  ['Bis wann muss ich zahlen?', 'due'],
  ['Wie hoch ist meine Rechnung?', 'bill'],
  ['Ich habe eine Frage zu meiner Rechnung.', 'bill'],
  ['Es geht um Rechnung 1042', 'bill'],
  ['Ich habe eine Mahnung bekommen', 'bill'],
  ['Wie kann ich bezahlen?', 'pay'],
  ['Nehmen Sie Kreditkarten?', 'pay'],
  ['Kann ich meine Rechnung per Überweisung zahlen?', 'pay'],
  ['Was kostet eine Blutabnahme?', 'price'],
  ['Wohin kann ich schreiben?', 'writeTo'],
  ['Wann haben Sie geöffnet?', undefined],
  ['Ich möchte mit der Abrechnung sprechen', undefined],
  ['Ja.', undefined],
])('%s → %s', (text, topic) => {
  expect(billingTopic(text)).toBe(topic);
});

test.each([
  ['Rechnung 1042', false, '1042'],
  ['Meine Rechnungsnummer ist eins null vier zwei.', false, '1042'],
  ['Die Nummer lautet zehn zweiundvierzig', false, '1042'],
  ['Rechnung Nummer fünf fünf zwo', false, '552'],
  ['Es ist die 1042.', false, undefined],
  ['Es ist die 1042.', true, '1042'],
  ['Meine Rechnung ist 120 Dollar', false, undefined],
  ['Ich habe sie nicht', true, undefined],
])('die Nummer in „%s“ (gefragt: %s) ist %s', (text, asked, digits) => {
  expect(readInvoice(text, asked)).toBe(digits);
});
