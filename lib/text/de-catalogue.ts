// What an agent is and does, in German. The words of the catalogue are known here; those of an agent
// that somebody added, or of Letta, are shown as they are.

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
};

export const roleOf: typeof english.roleOf = ({ role }) => GERMAN[role] ?? role;
export const summaryOf: typeof english.summaryOf = ({ summary }) => GERMAN[summary] ?? summary;
