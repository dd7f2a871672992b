// The German version of `en/agents.ts`.
import type { Shape } from '@/lib/core/language';
import { fixed } from '@/lib/messages/de/format';
import type * as english from '@/lib/messages/en/agents';

const TIME = {
  timeToJoin: 'Agenten kommen',
  timeToFirstAudio: 'der erste Ton kommt',
  answer: 'Antworten kommen',
} as const;

const SHARE = {
  join: (points: string, more: boolean) =>
    `Agenten kommen in ${points} von 100 Anrufen ${more ? 'mehr' : 'weniger'}`,
  interruptions: (points: string, more: boolean) =>
    `Anrufer unterbrechen ${points} von 100 Antworten ${more ? 'mehr' : 'weniger'}`,
  toolFailures: (points: string, more: boolean) =>
    `${points} von 100 Werkzeugaufrufen ${more ? 'mehr' : 'weniger'} schlagen fehl`,
} as const;

export const duration: typeof english.duration = (ms) =>
  ms < 999.5 ? `${fixed(ms)} ms` : `${fixed(ms / 1_000, ms < 9_995 ? 2 : 1)} s`;

export const axisTime: typeof english.axisTime = (ms) =>
  `${(ms / 1_000).toLocaleString('de-DE', { maximumFractionDigits: 2 })} s`;

export const percent: typeof english.percent = (share) =>
  share === 1 || share === 0
    ? `${share * 100} %`
    : `${fixed(Math.min(99.9, Math.max(0.1, share * 100)), 1)} %`;

export { money } from '@/lib/messages/de/format';

export const describeDifference: typeof english.describeDifference = (what) => {
  if ('points' in what) return SHARE[what.of](fixed(what.points, 1), what.more);
  return `${TIME[what.of]} ${duration(what.ms)} ${what.slower ? 'später' : 'früher'}`;
};

export const agentsText: Shape<typeof english.agentsText> = {
  title: 'Agenten',
  lead: 'Welche Agenten verfügbar sind, wie lange Anrufer warteten und wie die Anrufe endeten.',
  rollout: 'Eine Version ausrollen',
  testCall: 'Testanruf',
  session: {
    title: 'Was Anrufer von ihm sehen können',
    body: 'Seine Session antwortet jedem Teilnehmer, der nach Anweisungen und Werkzeugen fragt. LiveKit kann das nicht verbieten. Dieser Code schaltet es ab:',
  },
  window: {
    label: 'Zeit',
    of: { hour: 'Stunde', day: 'Tag', week: 'Woche' },
    last: (name) =>
      ({
        hour: 'in der letzten Stunde',
        day: 'in den letzten 24 Stunden',
        week: 'in den letzten 7 Tagen',
      })[name],
  },
  asTable: 'Als Tabelle zeigen',
  notListed: 'nicht in der Liste der Agenten',
  add: 'Agenten hinzufügen',
  edit: 'Bearbeiten',
  added: (person) => `${person} ist hinzugefügt.`,
  changed: (person) => `${person} ist geändert.`,
  removed: (person) => `${person} ist aus der Liste entfernt.`,
  remove: (person) => ({
    button: 'Entfernen',
    ask: `${person} aus der Liste entfernen? Die Anrufe bleiben im Verlauf.`,
    yes: 'Entfernen',
    no: 'Abbrechen',
    busy: 'Wird entfernt…',
    failed: 'Nicht entfernt',
  }),
  form: {
    titleNew: 'Agenten hinzufügen',
    titleEdit: (person) => `${person} bearbeiten`,
    name: 'Name des Agenten',
    nameHint:
      'Der agent_name, unter dem sich sein Worker bei LiveKit meldet. Groß- und Kleinschreibung zählt.',
    title: 'Titel',
    titleHint: 'Sein Name auf den Seiten. Leer: der Name des Agenten.',
    summary: 'Beschreibung',
    summaryHint: 'Eine Zeile für Anrufer.',
    deployments: 'Deployments',
    deploymentsHint: 'Die Namen derer, die seine Worker bedienen.',
    deployment: 'Deployment',
    addDeployment: 'Deployment hinzufügen',
    removeDeployment: (name) => `Deployment ${name} entfernen`,
    public: 'Öffentlich',
    publicHint: 'Alle dürfen ihn ohne Anmeldung auf production anrufen.',
    save: 'Speichern',
    saving: 'Wird gespeichert…',
    cancel: 'Abbrechen',
    failed: 'Nicht gespeichert',
  },
  found: {
    title: 'In Anrufen gesehen, nicht in der Liste',
    lead: 'Fügen Sie einen hinzu, um ihn von der Startseite, durch Regeln und per Telefon zu erreichen.',
    add: 'Hinzufügen',
    adding: 'Wird hinzugefügt…',
    failed: 'Nicht hinzugefügt',
    unknownDeployment: 'Deployment unbekannt',
  },
  none: 'Es gibt noch keine Agenten. Fügen Sie einen hinzu, der anderswo läuft, oder legen Sie eine Datei in agent/agents ab.',
  unreported: 'Seine Worker melden sich nicht bei Callboard. Ein Testanruf zeigt, ob er da ist.',
  failed: {
    title: 'Die Zahlen konnten nicht geladen werden',
    again: 'Noch einmal versuchen',
    old: (detail) => `${detail} Die gezeigten Zahlen sind älter.`,
  },
  figures: {
    caption: (person, window) => `${person}: Anrufe ${window}`,
    what: 'Kennzahl',
    now: 'Jetzt',
    checking: 'wird geprüft',
    light: {
      live: 'da',
      busy: 'belegt',
      off: 'weg',
      checking: '…',
      unreported: 'meldet sich nicht',
      unknown: 'unbekannt',
    },
    workers: (count) => (count === 0 ? 'kein Worker' : `${count} Worker`),
    broken: 'Worker ausgefallen',
    leaving: (count) => `${count} ${count === 1 ? 'Anruf läuft' : 'Anrufe laufen'} noch`,
    jobs: (active, max) => `${active} von ${max} Anrufen`,
    calls: 'Anrufe',
    waiting: (count) => `${count} ${count === 1 ? 'wartet' : 'warten'} jetzt`,
    join: 'Agent gekommen',
    of: (joined, all) => `${joined} von ${all}`,
    timeToJoin: 'Zeit bis zum Agenten',
    timeToFirstAudio: 'Zeit bis zum ersten Ton',
    answer: 'Antwortzeit',
    p95: (value) => `p95: ${value}`,
    interruptions: 'Antworten unterbrochen',
    toolFailures: 'Werkzeuge fehlgeschlagen',
    ended: 'Beendet durch',
    endedBy: {
      caller: 'Anrufer',
      agent: 'Agenten',
      server: 'Server',
      'no agent': 'kein Agent kam',
      'agent failed': 'Agent ausgefallen',
      lost: 'unbekannt',
    },
    counted: (what, count) => `${what}: ${count}`,
    outcomes: 'Ergebnis',
    errors: 'Fehler',
    cost: 'Kosten',
    perCall: (cost) => `${cost} pro Anruf`,
    none: '–',
    noneLabel: 'nichts gemessen',
  },
  workers: {
    title: 'Worker',
    of: (person) => `Worker von ${person}`,
    state: {
      starting: 'startet',
      live: 'bereit',
      draining: 'wird beendet',
      broken: 'ausgefallen',
    },
    full: 'voll',
    warm: (count) => (count === 0 ? 'keiner bereit' : `${count} bereit`),
    warmLabel: 'Prozesse, bereit für einen Anruf',
    noTime: 'Prozessoren ausgelastet',
    lag: (ms) => `Verzug ${duration(ms)}`,
    version: (version) => `Version ${version}`,
    why: (state, error) => (state === 'broken' ? `Er kann keine Anrufe beginnen: ${error}` : error),
    lastError: 'Letzter Ausfall',
  },
  problem: (deployment, problem) => `${deployment}: ${problem}`,
  compare: {
    title: (one, base) => `${one} verglichen mit ${base}`,
    few: (enough) => `zu wenige Anrufe für einen Vergleich: mindestens ${enough} auf jeder Seite`,
    same: 'kein klarer Unterschied',
  },
  versions: {
    title: 'Versionen vergleichen',
    caption: (person) => `Versionen von ${person}`,
    known: 'Anrufe, deren Version bekannt ist.',
    of: (deployment, version) => `${deployment} ${version}`,
  },
  empty: {
    title: (window) => `Keine Anrufe ${window}`,
    body: (person) =>
      `Für jeden Anruf bei ${person} sehen Sie, wann der Agent kam, wann er zuerst zu hören war, wie schnell er antwortete und wie das Gespräch endete.`,
    call: (person) => `${person} anrufen`,
  },
  method: {
    title: 'So ist das zu lesen',
    lines: (enough, ms, share) => [
      'Ein Anruf zählt für den gewünschten Agenten und das gewünschte Deployment, auch wenn er später übergeben wurde.',
      'Die große Zeit ist der Median: Die Hälfte der Anrufe oder Antworten war schneller. p95: 95 von 100 waren mindestens so schnell.',
      'Unterbrochene Antworten und fehlgeschlagene Werkzeuge sind Anteile an denen, die Agenten gemeldet oder hochgeladen haben.',
      'Ein Worker mit einem bereiten Prozess nimmt einen Anruf sofort an. Sein Verzug ist die längste Verzögerung seit seiner letzten Meldung; Worker melden sich alle zwei Sekunden.',
      `Deployments und Versionen werden verglichen, sobald jede Seite ${enough} Anrufe hat. Anteile unterscheiden sich, wenn sich ihre 95-%-Intervalle nicht überschneiden, Mediane ab ${ms} ms und ${share} Abstand.`,
    ],
  },
  charts: {
    calls: 'Anrufe',
    timeToFirstAudio: 'Zeit bis zum ersten Ton',
    answer: 'Antwortzeit',
    of: (chart, person) => `${chart}, ${person}`,
    p95: 'p95',
    missed: 'kein Agent kam',
    time: 'Ab',
    nothing: 'Keine Daten.',
    loading: 'Diagramm wird geladen…',
    deploymentMedian: (deployment) => `${deployment}, Median`,
    deploymentP95: (deployment) => `${deployment}, p95`,
    deploymentMissed: (deployment) => `${deployment}, kein Agent kam`,
  },
};
