// What is asked about bills, and the number of one, read from what was said.
import { withDigits } from '../front-desk/names';
import { plain } from '../front-desk/words';

/** What can be asked of billing. */
export type BillingTopic =
  | 'told'
  | 'identity'
  | 'plan'
  | 'refund'
  | 'copy'
  | 'due'
  | 'bill'
  | 'pay'
  | 'price'
  | 'writeTo';

const BILL = '(?:bills?|invoices?|payments?)';

/** Searched in this order: the first that fits is taken. */
const TOPICS: readonly (readonly [BillingTopic, RegExp])[] = [
  [
    'told',
    // "Ada" is one syllable too short for a small recogniser: any word may stand there.
    /\bwhat (?:did|have|do) (?:i|you) (?:tell|told|said? to|know|already know|hear|heard)\b|\bwhat (?:did|has|have) (?:she|he|they|[a-z]+) (?:tell|told|say to|said to) (?:you|u)\b|\bwhat were you told\b|\b(?:do|did) you (?:already )?know (?:why|what)\b|\bwhy (?:am i|i'm|i am|i) call(?:ing|ed)?\b|\bdid (?:she|ada|they) tell you\b|\bhave you been told\b/,
  ],
  [
    'identity',
    /\b(?:who (?:are you|am i|is this)|who's this|what(?:'s| is) your name|are you (?:a |an )?(?:real|robot|human|person|machine|computer|bot|ai)|is this a (?:robot|machine|recording|bot|real)|what (?:else )?can (?:you|i) (?:do|ask|help)|how can you help|help me)\b/,
  ],
  [
    'plan',
    /\b(?:payment plans?|instal?lments?|installs meants|in (?:\d+ |several |monthly |smaller )?parts|monthly|by the month|each month|every month|spread|can't (?:afford|pay)|cannot (?:afford|pay)|pay (?:it )?(?:later|over))\b/,
  ],
  [
    'refund',
    /\b(?:refund(?:s|ed)?|re fund|money back|paid (?:it )?(?:twice|2 times|too much)|(?:over ?)?charged (?:me )?(?:twice|too much)|overcharged|overpaid)\b/,
  ],
  [
    'copy',
    /\b(?:receipts?|cop(?:y|ies)|duplicate|send (?:me )?(?:the|my|an?|another) (?:bill|invoice))\b/,
  ],
  [
    'due',
    new RegExp(
      `\\b(?:due|do date|deadline|overdue|how long do i have|how much time|by when|pay (?:it )?late|(?:when|one) (?:do|must|should|does) (?:i|it|my|the|this)(?: ${BILL})?(?: have to| need to)?(?: be)? (?:pay|paid))\\b|\\b(?:when|one) is (?:my|the|a|this) ${BILL} (?:do|doo|to|too|you)\\b`,
    ),
  ],
  [
    'bill',
    new RegExp(
      `\\b(?:i owe|do i owe|balance|how much is (?:my|the|this|that|it on my) ${BILL}|look (?:it |that )?up|(?:invoice|bill) (?:number|no) )\\b|\\b(?:invoice|bill)(?: number)? \\d`,
    ),
  ],
  ['price', /\bhow much\b/],
  [
    'pay',
    /\b(?:(?:how|where|which ways?|what ways?) (?:do|can|could|should|to|would|may) (?:i |we |you )?pay|(?:can|could|may) i pay|(?:want|like|need|have) to pay|ways? to pay|methods? of payment|payment methods?|make a payment|(?:take|accept) (?:cards?|cash|checks?|cheques?|credit)|credit card|debit card|by (?:card|cash|transfer|check|cheque)|bank transfer|pay (?:my|the|a|this|it))\b/,
  ],
  ['price', /\b(?:prices?|costs?|fees?|charges?)\b/],
  ['writeTo', /\b(?:write to|write you|who do i write|e ?mail|mail|letter|by post|contact)\b/],
  [
    'bill',
    new RegExp(
      `\\b(?:my|the|this|that|a|an|your|last|another) ${BILL}\\b|\\b(?:invoices?|bills)\\b`,
    ),
  ],
];

/** What the clause asks of billing, if anything. */
export function billingTopic(clause: string): BillingTopic | undefined {
  const text = plain(clause);
  return TOPICS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** What is paid is no number of an invoice, though it may follow "my bill is". */
const AMOUNT = /[$£€]\s?\d+|\b[\w-]+ (?:dollars?|cents?|euros?|pounds?|percent)\b/gi;

/** Fewest and most digits that are taken for the number of an invoice. */
const DIGITS = { min: 2, max: 12 };

/**
 * The number of an invoice, its digits alone.
 * @param asked whether it was asked for: then any number is it.
 */
export function readInvoice(heard: string, asked = false): string | undefined {
  const text = withDigits(heard.replace(AMOUNT, ' '));
  const named = /\b(?:invoice|bill|number|reference)(?: (?:number|is|was|it's|no))* (\d[\d ]*\b)/;
  const run = named.exec(text)?.[1] ?? (asked ? /\d[\d ]*/.exec(text)?.[0] : undefined);
  const digits = run?.replace(/\D/g, '') ?? '';
  return digits.length >= DIGITS.min && digits.length <= DIGITS.max ? digits : undefined;
}
