// Hands the caller over to billing in German.
import { handingOver } from '../handing-over';
import { answer, sayMade } from './answers';
import { list } from './say';

/** See `../handing-over.ts`. */
export const handing = handingOver({
  alone: /\b(?:privat|vertraulich|diskret|unter 4 augen|eigenen? (?:raum|leitung|gespraech))\b/,
  asksForSomeone: /\b(?:sprechen|reden|verbinden|durchstellen|frank)\b/,
  asked: {
    hours: 'den Öffnungszeiten',
    address: 'der Adresse',
    parking: 'Parkplätzen',
    phone: 'der Telefonnummer',
    services: 'den Leistungen',
    people: 'den Ärzten',
    price: 'einem Preis',
    mine: 'einem früheren Termin',
  },
  dropped: {
    booking: 'Gebucht habe ich noch nichts.',
    message: 'Die Nachricht habe ich nicht weitergegeben.',
    seek: 'An Ihrem Termin habe ich noch nichts geändert.',
  },
  wait: 'Einen Moment, bitte.',
  nobodyFree: [
    'Es tut mir leid, von der Abrechnung ist gerade niemand frei.',
    'Soll ich eine Nachricht aufnehmen?',
  ],
  announced: (person = 'jemanden', alone) =>
    `Ich hole ${person} von der Abrechnung${alone ? ', in einen eigenen Raum' : ''}.`,
  summary: ({ caller = 'Jemand', heard, made, asked }, world) => [
    `${caller} hat eine Frage an die Abrechnung.`,
    `In eigenen Worten: ${heard.replace(/(?<![.!?])$/, '.')}`,
    ...(made
      ? [`${made.earlier ? 'Termin' : 'In diesem Anruf gebucht'}: ${sayMade(made, world)}.`]
      : []),
    ...(asked.length > 0 ? [`Gefragt wurde nach ${list(asked)}.`] : []),
  ],
  answer,
});
