// What is asked about bills in German, and the number of one, read from what was said.
import { plain } from '../../front-desk/german/plain';
import type { BillingTopic } from '../topics';

const BILL = '(?:rechnung(?:en)?|mahnung(?:en)?|zahlung(?:en)?)';

/** Searched in this order in the plain text: the first that fits is taken. */
const TOPICS: readonly (readonly [BillingTopic, RegExp])[] = [
  [
    'told',
    /\bwas (?:hat|haben) (?:ihnen )?(?:ada|sie|ich|man|die \w+|der \w+) (?:ihnen |ada |ihr )?(?:gesagt|erzaehlt|berichtet|ausgerichtet)\b|\b(?:hat|haben) (?:ihnen )?(?:ada|sie|man) (?:ihnen )?(?:etwas |was )?(?:gesagt|erzaehlt)\b|\b(?:was|wissen sie) (?:schon|bereits)\b|\bwissen sie,? (?:schon |denn )?(?:warum|worum|weshalb|was)\b|\b(?:warum|weshalb|wieso) (?:rufe ich an|ich anrufe)\b|\bwas wissen sie\b|\bworum (?:es )?geht\b/,
  ],
  [
    'identity',
    /\bwer (?:sind sie|bist du|spricht|ist (?:da|dran|am apparat))\b|\b(?:ihr name|wie heissen sie|mit wem (?:spreche|rede))\b|\b(?:sind sie|bist du|ist das) (?:denn )?(?:ein |eine |echt|wirklich |nur )*(?:mensch|roboter|maschine|computer|automat|bot|ki|echt\w*|person|aufzeichnung)\b|\bwas (?:koennen|kannst|machen) (?:sie|du)\b|\bwobei koennen sie\b|\bkoennen sie mir helfen\b/,
  ],
  [
    'plan',
    /\b(?:raten\w*|\w*raten|in teilen|teilzahlung|stueckweise|monatlich|jeden monat|stund(?:en|ung)|spaeter (?:be)?zahlen|(?:kann|koennen) (?:ich |wir |das |es )*(?:mir )?(?:\w+ )?nicht (?:auf einmal |alles )?(?:be)?zahlen|nicht leisten|nicht auf einmal)\b/,
  ],
  [
    'refund',
    /\b(?:erstatt\w*|rueckerstatt\w*|zurueckerstatt\w*|geld zurueck|zurueckzahl\w*|(?:doppelt|zwei ?mal|2 mal|zu viel) (?:be|ge)?(?:zahlt|rechnet|bucht|abgebucht)|abgebucht|ueberzahlt)\b/,
  ],
  [
    'copy',
    /\b(?:quittung\w*|beleg\w*|kopie\w*|duplikat|zweitschrift|(?:schicken|senden|zuschicken|zusenden) sie mir (?:\w+ )*(?:rechnung|mahnung)|rechnung (?:\w+ )*(?:zuschicken|zusenden|nochmal (?:schicken|senden)))\b/,
  ],
  [
    'due',
    new RegExp(
      `\\b(?:faellig\\w*|frist|zahlungsfrist|zahlungsziel|bis wann|wie lange habe ich|wie viel zeit|wieviel zeit|wann (?:muss|soll|ist|muessen) (?:ich |wir |die |meine |eine |das |es )*(?:${BILL} )?(?:zu )?(?:be)?zahl\\w*|zu spaet (?:be)?zahl\\w*)\\b`,
    ),
  ],
  [
    'bill',
    new RegExp(
      `\\b(?:schulde ich|bin ich (?:ihnen )?schuldig|offener betrag|wie (?:hoch|viel) ist (?:meine|die|diese) ${BILL}|was steht auf|nachschauen|nachsehen|rechnungs?nummer)\\b|\\b(?:rechnung|mahnung)(?: nummer)? \\d`,
    ),
  ],
  [
    'pay',
    /\b(?:(?:wie|wo|womit|auf welche\w*) (?:\w+ ){0,3}(?:be)?zahlen|(?:kann|koennen|darf) (?:ich|wir|man) (?:\w+ ){0,4}(?:be)?zahlen|(?:moechte|will|wuerde|muss) (?:\w+ ){0,4}(?:be)?zahlen|zahlungsarten?|zahlungsweisen?|zahlungsmoeglichkeit\w*|(?:nehmen|akzeptieren) sie (?:\w+ ){0,2}(?:karten?|kreditkarten?|bargeld|schecks?|bar)|kreditkarte|ec karte|mit karte|ueberweis\w*|bar zahlen|in bar)\b/,
  ],
  [
    'price',
    /\b(?:preise?|kost(?:et|en)|gebuehr(?:en)?|wie teuer|wie ?viel (?:nehmen|verlangen))\b/,
  ],
  [
    'writeTo',
    /\b(?:wohin (?:kann|soll|muss) ich (?:\w+ )?schreiben|schreiben|brief\w*|per post|e ?mail|anschrift|postadresse)\b/,
  ],
  [
    'bill',
    new RegExp(
      `\\b(?:meine[rn]?|die|der|diese[rn]?|eine[rn]?|ihre[rn]?|letzten?) (?:letzten? |neuen? )?${BILL}\\b|\\b${BILL}\\b`,
    ),
  ],
];

/** What the clause asks of billing, if anything. */
export function billingTopic(clause: string): BillingTopic | undefined {
  const text = plain(clause);
  return TOPICS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** What is paid is no number of an invoice, though it may follow "meine Rechnung ist". */
const AMOUNT = /\b\d[\d ]*(?:dollar|euro|cent|franken|pfund|prozent)\b/g;

/** Fewest and most digits that are taken for the number of an invoice. */
const DIGITS = { min: 2, max: 12 };

/**
 * The number of an invoice, its digits alone.
 * @param asked whether it was asked for: then any number is it.
 */
export function readInvoice(heard: string, asked = false): string | undefined {
  const text = plain(heard).replace(AMOUNT, ' ');
  const named =
    /\b(?:rechnungs?nummer|rechnung|nummer|mahnung)(?: (?:mit|der|die|nummer|ist|war|lautet|nein|nicht))* (\d[\d ]*\b)/;
  const run = named.exec(text)?.[1] ?? (asked ? /\d[\d ]*/.exec(text)?.[0] : undefined);
  const digits = run?.replace(/\D/g, '') ?? '';
  return digits.length >= DIGITS.min && digits.length <= DIGITS.max ? digits : undefined;
}
