// What people read of the diary, in German: its page, what stands of it under a call, and in calendars.
import type { Booking } from '../bookings/booking';
import type { Shape } from '../language/language';
import { counted } from './de-numbers';
import { bookingsText as inEnglish } from './en-bookings';

type English = typeof inEnglish;

const appointments = (many: number) => counted(many, 'Termin', 'Termine');

/** "Freitag, 27. November 2026" of an ISO date. */
const longDay = (day: string) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('de-DE', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });

export const bookingsText: Shape<English> = {
  title: 'Termine',
  lead: 'Die Termine, die Anrufer gemacht haben, und die Nachrichten, die sie hinterließen.',
  appointments: 'Termine',
  none: 'Kein Termin.',
  day: (day, today) => (day === today ? `Heute, ${longDay(day)}` : longDay(day)),
  on: longDay,
  count: (many, more) => (more ? `Die ersten ${appointments(many)}` : appointments(many)),
  time: inEnglish.time,
  what: ({ service, person }) => `${service}, bei ${person}`,
  cancelled: ({ cancelledBy }) =>
    cancelledBy === 'hand' ? 'von Hand abgesagt' : 'vom Anrufer abgesagt',
  call: 'Der Anruf',
  callOf: (who) => `Der Anruf, in dem ${who} den Termin bekam`,
  diary: 'Im Terminbuch',
  file: 'Kalenderdatei',
  fileOf: (who) => `Kalenderdatei zum Termin von ${who}`,
  cancel: {
    button: 'Absagen',
    buttonOf: (who) => `Termin von ${who} absagen`,
    ask: 'Absagen? Die Zeit wird wieder frei. Niemand erfährt es von selbst.',
    yes: 'Termin absagen',
    no: 'Behalten',
    busy: 'Wird abgesagt…',
    failed: 'Der Termin konnte nicht abgesagt werden',
  },
  messages: {
    title: 'Nachrichten',
    none: 'Keine Nachricht.',
    latest: (many, more) => {
      const messages = counted(many, 'Nachricht', 'Nachrichten');
      return more ? `Die letzten ${messages}` : messages;
    },
    from: ({ from }) => from ?? 'Ohne Namen',
    to: (who) => `für ${who}`,
    phone: 'Rückruf unter',
    callOf: (who) => `Der Anruf, in dem ${who} sie hinterließ`,
    somebody: 'jemand',
  },
  phone: 'Telefon',
  filter: {
    label: 'Filter',
    name: 'Name',
    deployment: 'Deployment',
    any: 'Alle',
    from: 'Ab Tag',
    clear: 'Leeren',
  },
  subscribe: {
    link: 'Im Kalender abonnieren',
    hint: (deployment) =>
      `Ihr Kalenderprogramm nimmt diese Adresse und zeigt das Terminbuch von ${deployment}, wie es sich ändert.`,
    private: (deployment) =>
      `Ihr Kalenderprogramm nimmt eine Adresse nur für Sie und zeigt das Terminbuch von ${deployment}, wie es sich ändert. Wer die Adresse hat, kann das Terminbuch lesen und sonst nichts.`,
    make: 'Adresse anlegen',
    renew: 'Neue anlegen',
    remove: 'Zurücknehmen',
    once: 'Kopieren Sie sie jetzt: Sie wird nur dieses eine Mal gezeigt. Eine frühere gilt nicht mehr.',
    made: 'Sie haben eine. Angelegt:',
    used: 'Zuletzt gelesen:',
    unused: 'Noch kein Kalender hat sie gelesen.',
  },
  empty: {
    title: 'Kein Termin ab heute',
    body: 'Was Anrufer buchen, steht hier nach Tagen, mit dem Anruf, in dem es gebucht wurde. Bitten Sie am Empfang um einen Termin, um einen zu sehen.',
    start: 'Anrufen',
  },
  nothing: {
    title: 'Kein Termin ist so',
    body: 'Ändern Sie den Filter, oder zeigen Sie alles, was kommt.',
    all: 'Alles zeigen',
  },
  away: {
    title: 'Das Terminbuch lässt sich nicht zeigen',
    again: 'Noch einmal versuchen',
  },
  loading: 'Wird geladen…',
  calendar: {
    name: (deployment) => `Callboard: Terminbuch von ${deployment}`,
    summary: ({ name, service, person }: Booking) => `${name}: ${service} bei ${person}`,
    about: ({ reference, phone }: Booking) =>
      [phone && `Telefon: ${phone}`, `Zeichen: ${reference}`].filter(Boolean).join('\n'),
  },
};
