// What an agent is, does and tells, in German. The words of the catalogue and of the agents in it are known
// here; those of an agent that somebody added, of an MCP server or of Letta are shown as they are.

import type * as english from './en-catalogue';
import { lettaText } from './en-letta';

const GERMAN: Readonly<Record<string, string>> = {
  'front desk': 'Empfang',
  'Opening hours, appointments, messages': 'Öffnungszeiten, Termine, Nachrichten',
  'line check': 'Leitungstest',
  'Repeats what it heard and how fast it answered':
    'Wiederholt, was zu hören war und wie schnell die Antwort kam',
  billing: 'Rechnungen',
  'Bills, payments and prices': 'Rechnungen, Zahlungen und Preise',
  'remembers you': 'erinnert sich',
  'An agent with a memory of its own': 'Ein Agent mit eigenem Gedächtnis',
  [lettaText.summary]: 'Erinnert sich von Anruf zu Anruf an Sie',
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
};

export const roleOf: typeof english.roleOf = ({ role }) => GERMAN[role] ?? role;
export const summaryOf: typeof english.summaryOf = ({ summary }) => GERMAN[summary] ?? summary;
export const toldBy: typeof english.toldBy = (words) => GERMAN[words] ?? words;
