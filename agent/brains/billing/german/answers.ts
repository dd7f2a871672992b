// Answers to questions about bills in German, from the practice's facts and from what Ada told.
import type { Brief } from '@/lib/brief';
import { findAgent } from '@/lib/catalogue';
import { sayPrice, sayService } from '../../front-desk/german/facts';
import { list } from '../../front-desk/german/say';
import type { Answer, Known } from '../answers';
import type { BillingTopic } from '../topics';
import { sayPlan, sayRefunds, sayWaysToPay, sayWriteTo } from './facts';

const PERSON = findAgent('billing')?.person ?? 'die Abrechnung';
export const ABILITIES =
  'Ich sage Ihnen, wie und bis wann Sie zahlen und was etwas kostet, oder nehme eine Nachricht auf.';
const CALL_BACK = 'Soll ich eine Nachricht aufnehmen, damit man Sie zurückruft?';

export const sayInvoice = (digits: string) => `Rechnung ${[...digits].join(' ')}`;

/** What was said before, told back in the caller's own words: a summary may be in English. */
function told(brief: Brief | undefined): Answer {
  if (brief?.kind !== 'handover') {
    return { say: ['Mir wurde noch nichts gesagt.', 'Worum geht es?'], asks: 'help' };
  }
  const { from, said } = brief;
  const last = said.findLast(({ speaker }) => speaker === 'caller')?.text;
  return {
    say: [
      last
        ? `${from.person} hat mir gesagt, worum es geht; zuletzt sagten Sie: ${last}`
        : `${from.person} hat mir gesagt, dass Sie mit der Abrechnung sprechen möchten.`,
      'Was möchten Sie wissen?',
    ],
    asks: 'help',
  };
}

/** A bill of the caller's: its number is told back, or asked for. */
function bill(invoice: string | undefined): Answer {
  if (!invoice) {
    return {
      say: [
        'Ihre Rechnung kann ich von hier nicht sehen, aber im Büro kann man nachsehen.',
        'Wie lautet die Nummer der Rechnung?',
      ],
      asks: 'invoice',
    };
  }
  return {
    say: [`${sayInvoice(invoice)}.`, 'Das muss jemand im Büro nachsehen.', CALL_BACK],
    offers: `Bitte rufen Sie mich wegen Rechnung ${invoice} zurück.`,
  };
}

/** Where the number of the invoice is not at hand. */
export const WITHOUT_NUMBER: Answer = {
  say: ['Kein Problem, man findet sie unter Ihrem Namen.', CALL_BACK],
  offers: 'Bitte rufen Sie mich wegen meiner Rechnung zurück.',
};

/** What one thing costs, or all of them. */
function price({ practice, service }: Known): string[] {
  const { prices } = practice.billing;
  const priced = (name: string) => {
    const known = prices[name];
    return known && `für ${sayService(name)} ${sayPrice(known)}`;
  };
  if (service) {
    const one = priced(service.name);
    return one
      ? [`Sie zahlen ${one}.`]
      : [`Den Preis für ${sayService(service.name)} habe ich leider nicht.`];
  }
  const all = practice.services.flatMap(({ name }) => priced(name) || []);
  if (all.length === 0) return ['Unsere Preise habe ich leider nicht hier.'];
  return [`Sie zahlen ${list(all)}.`];
}

/** Answers one question. */
export function answer(topic: BillingTopic, known: Known): Answer {
  const { practice, brief, invoice } = known;
  const { billing } = practice;
  const which = invoice ? `Rechnung ${invoice}` : 'meiner letzten Rechnung';
  switch (topic) {
    case 'told':
      return told(brief);
    case 'identity':
      return {
        say: [`Ich bin ${PERSON}, der automatische Assistent der Abrechnung.`, ABILITIES],
      };
    case 'plan': {
      const plan = sayPlan(billing);
      if (!plan) return { say: ['Eine Rechnung kann leider nicht in Raten bezahlt werden.'] };
      return {
        say: [plan, 'Soll ich eine Nachricht aufnehmen, damit das Büro das einrichtet?'],
        offers: `Bitte rufen Sie mich wegen Ratenzahlung zu ${which} zurück.`,
      };
    }
    case 'refund':
      return {
        say: [sayRefunds(billing), CALL_BACK],
        offers: `Bitte prüfen Sie eine Erstattung zu ${which}.`,
      };
    case 'copy':
      return {
        say: [
          'Kopien verschickt das Büro per Post.',
          'Soll ich ausrichten, dass Sie eine brauchen?',
        ],
        offers: `Bitte schicken Sie mir eine Kopie von ${which}.`,
      };
    case 'due':
      return { say: [`Eine Rechnung ist ${billing.dueDays} Tage nach ihrem Datum fällig.`] };
    case 'bill':
      return bill(invoice);
    case 'pay':
      return { say: [`Sie können ${sayWaysToPay(billing)} zahlen.`] };
    case 'price':
      return { say: price(known) };
    case 'writeTo':
      return { say: [sayWriteTo(billing)] };
    default:
      return topic satisfies never;
  }
}
