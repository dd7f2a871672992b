// Roles and summaries of agents, and what workers report, in German. Only the agents that ship are translated; texts of
// other agents, of MCP servers and of Letta are shown as they are.

import type { Shape } from '@/lib/core/language';
import { outcomes } from '@/lib/core/outcome';
import * as english from '@/lib/messages/en/catalogue';

/** A map instead of an object, because it is also asked for what callers say, such as "constructor". */
const GERMAN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'front desk': 'Empfang',
    'Opening hours, appointments, messages': 'Öffnungszeiten, Termine, Nachrichten',
    'line check': 'Leitungstest',
    'Repeats what it heard and how fast it answered':
      'Wiederholt, was zu hören war und wie schnell die Antwort kam',
    billing: 'Rechnungen',
    'Bills, payments and prices': 'Rechnungen, Zahlungen und Preise',
    'remembers you': 'erinnert sich',
    'An agent with a memory of its own': 'Ein Agent mit eigenem Gedächtnis',
    [english.lettaText.summary]: 'Erinnert sich von Anruf zu Anruf an Sie',
    'Looked at the calendar': 'Im Kalender nachgesehen',
    'Looked for free times': 'Nach freien Zeiten gesucht',
    'Looked for the appointment': 'Nach dem Termin gesucht',
    'Asked the diary to book': 'Um einen Eintrag in den Kalender gebeten',
    'Asked the diary to cancel': 'Um Absage im Kalender gebeten',
    'Wrote the message down': 'Die Nachricht notiert',
    'Asked for billing': 'Die Abrechnung dazugerufen',
    'Asked for a colleague': 'Einen anderen Agenten dazugerufen',
    'Ended the call': 'Den Anruf beendet',
    'The agent cannot hear you at the moment. You can type instead.':
      'Der Agent kann Sie gerade nicht hören. Sie können stattdessen schreiben.',
    'The agent cannot speak at the moment. Its words stand here.':
      'Der Agent kann gerade nicht sprechen. Seine Worte stehen hier.',
    'The agent could not think of an answer. Please say it again.':
      'Dem Agenten ist keine Antwort eingefallen. Bitte sagen Sie es noch einmal.',
    'Something failed. The call goes on.': 'Etwas ist fehlgeschlagen. Der Anruf geht weiter.',

    // Arguments and results of tools.
    service: 'Leistung',
    day: 'Tag',
    days: 'Tage',
    today: 'Heute',
    time: 'Uhrzeit',
    name: 'Name',
    message: 'Nachricht',
    phone: 'Telefon',
    to: 'An',
    summary: 'Zusammenfassung',
    caller: 'Anrufer',
    'new room': 'Eigener Room',
    "doctor's appointment": 'Arzttermin',
    'blood test': 'Bluttest',
    vaccination: 'Impfung',
    'health check': 'Gesundheitscheck',
  }),
);
const inGerman = (words: string): string => GERMAN.get(words) ?? words;

export const roleOf: typeof english.roleOf = ({ role }) => inGerman(role);
export const summaryOf: typeof english.summaryOf = ({ summary }) => inGerman(summary);
export const reported: typeof english.reported = inGerman;

export const outcomeLabel: typeof english.outcomeLabel = (name) =>
  outcomes.get(name)?.label.de ?? name;

/** "Donnerstag, 26. November" for "2026-11-26". */
const readable = (value: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? new Date(`${value}T12:00`).toLocaleDateString('de-DE', {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
      })
    : inGerman(value);

// What the agent says is English, so the arguments of its tool are shown instead.
export const outcomeDetails: typeof english.outcomeDetails = ({ details }) =>
  details.map(({ value }) => readable(value)).join(', ');

export const lettaText: Shape<typeof english.lettaText> = {
  summary: 'Erinnert sich von Anruf zu Anruf an Sie',
  role: 'Letta',
  unreachable: 'Der Letta-Server antwortet nicht: Seine Agenten sind jetzt nicht zu erreichen.',
  refused:
    'Der Letta-Server nimmt den Schlüssel dieses Servers nicht an: Seine Agenten sind jetzt nicht zu erreichen.',
  failed: (status) =>
    `Der Letta-Server antwortete mit ${status}: Seine Agenten sind jetzt nicht zu erreichen.`,
  none: 'Der Letta-Server hat noch keine Agenten.',
  unknown: (id) => `Letta hat keinen Agenten ${id}.`,
};
