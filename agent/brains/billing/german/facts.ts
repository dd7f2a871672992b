// German words for what the practice's facts say of bills, by their English ones in practice.ts. What
// stands there and not here is said as it is, or by a sentence that is true of every practice.

import type { Practice } from '../../front-desk/facts';
import { list } from '../../front-desk/german/say';

type Billing = Practice['billing'];

const WAYS: Readonly<Record<string, string>> = {
  'by card at the desk': 'mit Karte am Empfang',
  'by card': 'mit Karte',
  'in cash': 'bar',
  'by bank transfer': 'per Überweisung',
  'by check': 'per Scheck',
};

const SENTENCES: Readonly<Record<string, string>> = {
  'A refund goes back the way you paid, within ten working days.':
    'Eine Erstattung kommt auf dem Weg zurück, auf dem Sie bezahlt haben, innerhalb von zehn Werktagen.',
  'You can pay a bill in three monthly parts.':
    'Sie können eine Rechnung in drei Monatsraten bezahlen.',
};

/** "mit Karte am Empfang, per Überweisung oder per Scheck". */
export const sayWaysToPay = ({ waysToPay }: Billing) =>
  list(
    waysToPay.map((way) => WAYS[way] ?? way),
    'oder',
  );

/** How money comes back. */
export const sayRefunds = ({ refunds }: Billing) =>
  SENTENCES[refunds] ?? 'Eine Erstattung klärt das Büro mit Ihnen.';

/** How a bill can be paid in parts; undefined where it cannot. */
export const sayPlan = ({ paymentPlan }: Billing) =>
  paymentPlan && (SENTENCES[paymentPlan] ?? 'Eine Rechnung kann in Raten bezahlt werden.');

/** Where letters go: "the billing office at …" is the usual way to write it. */
export function sayWriteTo({ writeTo }: Billing): string {
  const place = /^the billing office at (.+)$/.exec(writeTo)?.[1];
  return place
    ? `Schreiben Sie an die Abrechnung, ${place}.`
    : `Die Anschrift für Briefe ist: ${writeTo}.`;
}
