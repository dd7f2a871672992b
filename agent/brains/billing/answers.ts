// Answers to questions about bills, from the practice's facts and from what Ada told. A bill itself
// is not at hand here: a message to the office takes the place of an answer.
import type { Brief } from '@/lib/brief';
import { findAgent } from '@/lib/catalogue';
import type { Practice, Service } from '../front-desk/facts';
import { aThing, list, sentence } from '../front-desk/say';
import type { BillingTopic } from './topics';

/** What is answered, and what is asked with it. */
export interface Answer {
  readonly say: readonly string[];
  /** The answer ends in a question for the number of the invoice, or for what to do. */
  readonly asks?: 'invoice' | 'help';
  /** The answer ends in the offer of a message, which would say this. */
  readonly offers?: string;
}

/** What an answer is made from. */
export interface Known {
  readonly practice: Practice;
  readonly brief: Brief | undefined;
  /** Digits of the invoice that is spoken of. */
  readonly invoice?: string;
  readonly service?: Service;
}

const PERSON = findAgent('billing')?.person ?? 'the billing office';
export const ABILITIES =
  'I can tell you how to pay, when a bill is due and what things cost, or take a message.';
const CALL_BACK = 'Shall I take a message, so that they call you back?';
/** Sentences of a summary that are told back: more is not listened to. */
const TOLD_BACK = 4;

export const sayInvoice = (digits: string) => `invoice ${[...digits].join(' ')}`;

/** What was said before, told back: the summary, and the caller's last words where it lacks them. */
function told(brief: Brief | undefined): Answer {
  if (brief?.kind !== 'handover') {
    return { say: ["I haven't been told anything yet.", 'What is it about?'], asks: 'help' };
  }
  const { from, summary, said } = brief;
  const last = said.findLast(({ speaker }) => speaker === 'caller')?.text;
  const words = last && !summary.includes(last) ? [`The last you said was: ${last}`] : [];
  const sentences = summary.split(/(?<=[.!?])\s+/).slice(0, TOLD_BACK);
  return {
    say: [`${from.person} told me this.`, ...sentences, ...words, 'What would you like to know?'],
    asks: 'help',
  };
}

/** A bill of the caller's: its number is told back, or asked for. */
function bill(invoice: string | undefined): Answer {
  if (!invoice) {
    return {
      say: [
        "I can't see your bill from here, but a colleague in the office can look it up.",
        'What is the number of the invoice?',
      ],
      asks: 'invoice',
    };
  }
  return {
    say: [
      `${sentence(sayInvoice(invoice))}.`,
      'A colleague in the office has to look that up.',
      CALL_BACK,
    ],
    offers: `Please call me back about invoice ${invoice}.`,
  };
}

/** Where the number of the invoice is not at hand. */
export const WITHOUT_NUMBER: Answer = {
  say: ['No problem, they will find it by your name.', CALL_BACK],
  offers: 'Please call me back about my bill.',
};

/** What one thing costs, or all of them. */
function price({ practice, service }: Known): string[] {
  const { prices } = practice.billing;
  const of = (name: string) => prices[name] && `${aThing(name)} costs ${prices[name]}`;
  if (service) {
    const one = of(service.name);
    return [one ? `${sentence(one)}.` : `I don't have the price of ${aThing(service.name)}.`];
  }
  const all = practice.services.flatMap(({ name }) => of(name) || []);
  return all.length > 0 ? [`${sentence(list(all))}.`] : ["I don't have our prices here."];
}

/** Answers one question. */
export function answer(topic: BillingTopic, known: Known): Answer {
  const { practice, brief, invoice } = known;
  const { waysToPay, dueDays, refunds, paymentPlan, writeTo } = practice.billing;
  const which = invoice ? `invoice ${invoice}` : 'my last bill';
  switch (topic) {
    case 'told':
      return told(brief);
    case 'identity':
      return {
        say: [`I'm ${PERSON}, the automated assistant for billing at ${practice.name}.`, ABILITIES],
      };
    case 'plan':
      return paymentPlan
        ? {
            say: [paymentPlan, 'Shall I take a message, so that the office sets it up?'],
            offers: `Please call me back about paying ${which} in parts.`,
          }
        : { say: ["I'm afraid a bill can't be paid in parts."] };
    case 'refund':
      return { say: [refunds, CALL_BACK], offers: `Please look into a refund for ${which}.` };
    case 'copy':
      return {
        say: ['The office sends copies by mail.', 'Shall I tell them that you need one?'],
        offers: `Please send me a copy of ${which}.`,
      };
    case 'due':
      return { say: [`A bill is due ${dueDays} days after its date.`] };
    case 'bill':
      return bill(invoice);
    case 'pay':
      return { say: [`You can pay ${list(waysToPay, 'or')}.`] };
    case 'price':
      return { say: price(known) };
    case 'writeTo':
      return { say: [`You can write to ${writeTo}.`] };
    default:
      return topic satisfies never;
  }
}
