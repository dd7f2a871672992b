// The German version of `en/privacy.ts`.

import type { Shape } from '@/lib/core/language';
import type { Masked } from '@/lib/core/masked';
import { counted, listed } from '@/lib/messages/de/format';
import type * as english from '@/lib/messages/en/privacy';

const days = (count: number) =>
  count === 0 ? 'bis jemand ihn löscht' : count === 1 ? 'einen Tag lang' : `${count} Tage lang`;
const soundDays = (count: number) =>
  count === 0 ? 'so lange wie ihr Anruf' : count === 1 ? 'einen Tag lang' : `${count} Tage lang`;
const MASKED: Readonly<Record<Masked, string>> = {
  email: 'E-Mail-Adressen',
  phone: 'Telefonnummern',
  card: 'Kartennummern',
};

export const privacyText: Shape<typeof english.privacyText> = {
  title: 'Datenschutz',
  lead: 'Was von einem Anruf gespeichert wird, wie lange, und an wen Sie sich wenden können.',
  sections: (kept) => [
    {
      title: 'Was gespeichert wird',
      body: [
        'Von jedem Anruf: wann er war, mit welchem Agenten, was Sie und der Agent gesagt oder geschrieben haben, was der Agent für Sie getan hat und was schiefging. Ihr Name oder Ihre Nummer, wenn Sie sie genannt haben, und die Nummer, von der Sie telefonieren.',
        kept.masked.length > 0
          ? `Was in der Mitschrift als ${listed(kept.masked.map((one) => MASKED[one]))} erkannt wird, steht nicht darin.`
          : 'Nummern und Adressen, die Sie sagen, stehen in der Mitschrift.',
        kept.recorded
          ? `Der Ton von Anrufen wird aufgenommen. Der Agent sagt es zuerst, und eine rote Lampe zeigt es. Eine Aufnahme bleibt ${soundDays(kept.recordingDays)}, und nie länger als ihr Anruf.`
          : 'Der Ton von Anrufen wird nicht aufgenommen.',
        kept.recordedElsewhere
          ? 'Manche Agenten schicken nach dem Anruf eine eigene Aufnahme. Sie sagen das vielleicht nicht, und keine Lampe zeigt es. Sie bleibt so lange wie die anderen.'
          : '',
        kept.recorded && kept.masked.length > 0
          ? 'Eine Aufnahme enthält alles Gesagte, auch was nicht in der Mitschrift steht.'
          : '',
        kept.letta
          ? 'Manche Agenten erinnern sich von Anruf zu Anruf an Sie; was sie sich merken, wird gelöscht wie die Anrufe.'
          : '',
        kept.signIn
          ? 'Wenn Sie sich anmelden: Name, E-Mail-Adresse, IP-Adresse und Browser. Ein Cookie hält Sie angemeldet.'
          : '',
      ].filter(Boolean),
    },
    {
      title: 'Wie lange',
      body: [
        `Ein Anruf bleibt ${days(kept.callDays)}, dann wird er mit allem, was dazugehört, gelöscht.`,
      ],
    },
    {
      title: 'In Ihrem Browser',
      body: [
        'Ein Cookie mit einer zufälligen Zahl, an der dieser Server Ihren Browser wiedererkennt; Ihre Einstellungen; und ein Cookie mit der Sprache, wenn Sie eine gewählt haben. An andere Websites wird nichts weitergegeben.',
        kept.letta ? 'Agenten mit Gedächtnis erkennen Sie an derselben Zahl wieder.' : '',
      ].filter(Boolean),
    },
    {
      title: 'Wer den Anruf verarbeitet',
      body: [
        {
          true: 'Sprache und Antworten entstehen mit Hilfe anderer Server, die dafür das Gesagte erhalten.',
          false: 'Sprache und Antworten entstehen auf Rechnern des Betreibers dieses Servers.',
          unknown:
            'Manche Agenten haben eigene Sprachdienste und Modelle. Diese können auf anderen Servern sein, die dann das Gesagte erhalten und es aufbewahren können.',
        }[`${kept.othersHear}`],
        kept.listenersShown
          ? 'Wer diesen Server betreibt, kann Anrufe lesen und in einen laufenden hineinhören. Die Seite des Anrufs zeigt, dass jemand mithört.'
          : 'Wer diesen Server betreibt, kann Anrufe lesen und in einen laufenden hineinhören.',
      ],
    },
    {
      title: 'Ihre Daten',
      body: [
        kept.contact
          ? `Für eine Kopie aller Daten über Sie oder deren Löschung wenden Sie sich an: ${kept.contact}`
          : 'Für eine Kopie aller Daten über Sie oder deren Löschung wenden Sie sich an die Person, die Ihnen diese Adresse gegeben hat.',
        'Nennen Sie die Zeit Ihres Anrufs: Ohne Ihren Namen lässt er sich nur daran finden.',
      ],
    },
  ],
};

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
