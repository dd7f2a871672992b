// What billing says first, from what it was told: that it knows why the caller is here.
import type { ComingBrief } from '@/lib/brief';
import type { Language } from '@/lib/language/language';
import { wordsIn } from '../../words/words';
import { plain } from '../front-desk/words';
import { sayInvoice } from './answers';
import { germanBillingGreeting } from './german/greeting';
import { readInvoice } from './topics';

/** What a question can be about, as it is found in a summary; the first that fits. */
const ABOUT: readonly (readonly [RegExp, string])[] = [
  [/\bpayment plan|instal?lments?\b/, 'a question about paying in parts'],
  [/\brefunds?|money back|charged twice|overcharged\b/, 'a question about a refund'],
  [/\breceipts?\b/, 'a question about a receipt'],
  [/\binvoices?\b/, 'a question about an invoice'],
  [/\bbills?\b/, 'a question about a bill'],
  [/\bpayments?|pay\b/, 'a question about a payment'],
  [/\bprices?|costs?\b/, 'a question about a price'],
];

function matter(summary: string): string {
  const number = readInvoice(summary);
  if (number) return `a question about ${sayInvoice(number)}`;
  const text = plain(summary);
  return ABOUT.find(([pattern]) => pattern.test(text))?.[1] ?? 'a question for us';
}

/** Said on coming into a call that had begun. */
export function billingGreeting(
  person: string,
  brief: ComingBrief,
  language: Language = 'en',
): string {
  if (brief.kind === 'callback') return wordsIn(language).back;
  if (language === 'de') return germanBillingGreeting(person, brief);
  const { from, summary, caller } = brief;
  const name = caller ? `, ${caller}` : '';
  return `This is ${person}, from billing. ${from.person} tells me you have ${matter(summary)}${name}. What would you like to know?`;
}
