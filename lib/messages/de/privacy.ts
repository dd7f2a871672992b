// The German version of `en/privacy.ts`.
import type { Shape } from '@/lib/core/language';
import { counted } from '@/lib/messages/de/format';
import type * as english from '@/lib/messages/en/privacy';

export const callerText: Shape<typeof english.callerText> = {
  title: 'Alle Daten über diesen Anrufer',
  lead: 'Alle Anrufe vom selben Browser, von derselben Nummer oder Kennung. Ein anderer Browser oder eine andere Nummer zählt als anderer Anrufer.',
  calls: (count) => counted(count, 'Anruf', 'Anrufe'),
  export: 'Herunterladen (JSON)',
  about: 'Was über Anrufer gespeichert wird',
  remove: {
    button: 'Alles löschen',
    ask: 'Alle Anrufe dieses Anrufers löschen, mit Mitschriften und Aufnahmen und dem, was Agenten sich gemerkt haben? Das lässt sich nicht zurücknehmen.',
    yes: 'Endgültig löschen',
    no: 'Abbrechen',
    busy: 'Wird gelöscht…',
    failed: 'Nicht alles konnte gelöscht werden',
    done: (gone) =>
      `Gelöscht: ${counted(gone.calls, 'Anruf', 'Anrufe')}, ${counted(gone.lettaAgents, 'Gedächtnis eines Agenten', 'Gedächtnisse von Agenten')}.`,
    left: 'Diese Aufzeichnungen liegen anderswo und wurden nicht gelöscht:',
  },
};
