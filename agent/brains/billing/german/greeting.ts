// What billing says first in German, from what it was told.
import type { HandOverBrief } from '@/lib/brief';
import type { BillingTopic } from '../topics';
import { sayInvoice } from './answers';
import { billingTopic, readInvoice } from './topics';

/** What a question can be about. */
const ABOUT: Partial<Record<BillingTopic, string>> = {
  plan: 'einer Ratenzahlung',
  refund: 'einer Erstattung',
  copy: 'einer Quittung oder Kopie',
  due: 'einer Rechnung',
  bill: 'einer Rechnung',
  pay: 'einer Zahlung',
  price: 'einem Preis',
};

/** From the caller's own words first: the summary is for the agent, and may be in English. */
function matter(texts: readonly string[]): string {
  const number = texts.map((text) => readInvoice(text)).find((digits) => digits !== undefined);
  if (number) return `eine Frage zu ${sayInvoice(number)}`;
  const about = texts.flatMap((text) => ABOUT[billingTopic(text) ?? 'told'] ?? []);
  return about[0] ? `eine Frage zu ${about[0]}` : 'eine Frage an uns';
}

/** Said to a caller who was handed over. */
export function germanBillingGreeting(person: string, brief: HandOverBrief): string {
  const { from, summary, caller, said } = brief;
  const last = said.findLast(({ speaker }) => speaker === 'caller')?.text ?? '';
  const name = caller ? `, ${caller}` : '';
  return `Hier ist ${person} von der Abrechnung. ${from.person} sagt mir, Sie haben ${matter([last, summary])}${name}. Was möchten Sie wissen?`;
}
