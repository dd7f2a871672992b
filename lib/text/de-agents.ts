// What people read on the page of the agents, in German.
import type { Shape } from '../language/language';
import { fixed } from './de-numbers';
import type * as english from './en-agents';

const TIME = {
  timeToJoin: 'der Agent ist da',
  timeToFirstAudio: 'der erste Ton kommt',
  answer: 'Antworten kommen',
} as const;

export const duration: typeof english.duration = (ms) =>
  ms < 999.5 ? `${fixed(ms)} ms` : `${fixed(ms / 1_000, ms < 9_995 ? 2 : 1)} s`;

export const axisTime: typeof english.axisTime = (ms) =>
  `${(ms / 1_000).toLocaleString('de-DE', { maximumFractionDigits: 2 })} s`;

export const percent: typeof english.percent = (share) =>
  share === 1 || share === 0
    ? `${share * 100} %`
    : `${fixed(Math.min(99.9, Math.max(0.1, share * 100)), 1)} %`;

export const differenceInWords: typeof english.differenceInWords = (what) => {
  if (what.of === 'join') {
    const points = fixed(what.points, 1);
    return `ein Agent kommt ${what.more ? 'öfter' : 'seltener'}, um ${points} von 100 Anrufen`;
  }
  return `${TIME[what.of]} ${duration(what.ms)} ${what.slower ? 'später' : 'früher'}`;
};

export const agentsText: Shape<typeof english.agentsText> = {
  title: 'Agenten',
  lead: 'Wer jetzt da ist und wie die Anrufe verliefen: worauf gewartet wurde und wie sie endeten.',
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
  gone: 'nicht mehr im Katalog',
  failed: {
    title: 'Die Zahlen waren nicht zu lesen',
    again: 'Noch einmal versuchen',
    old: (detail) => `${detail} Was hier steht, ist von vorher.`,
    unreachable: 'Der Server antwortet nicht.',
  },
  figures: {
    caption: (person, window) => `${person}: Anrufe ${window}`,
    what: 'Zahl',
    now: 'Jetzt',
    checking: 'wird geprüft',
    light: { live: 'da', busy: 'belegt', off: 'weg', checking: '…', unknown: 'nicht bekannt' },
    workers: (count) => (count === 0 ? 'kein Worker' : `${count} Worker`),
    broken: 'sein Worker ist kaputt',
    leaving: (count) => `${count} ${count === 1 ? 'Anruf läuft' : 'Anrufe laufen'} noch`,
    jobs: (active, max) => `${active} von ${max} Anrufen`,
    calls: 'Anrufe',
    waiting: (count) => `${count} ${count === 1 ? 'wartet' : 'warten'} jetzt`,
    join: 'Ein Agent kam',
    of: (joined, all) => `${joined} von ${all}`,
    timeToJoin: 'Agent da nach',
    timeToFirstAudio: 'Erster Ton nach',
    answer: 'Antworten nach',
    p95: (value) => `95 %: ${value}`,
    ended: 'Beendet durch',
    endedBy: {
      caller: 'Anrufer',
      agent: 'Agenten',
      server: 'Server',
      'no agent': 'kein Agent kam',
      'agent failed': 'Agent ausgefallen',
      lost: 'nicht bekannt',
    },
    counted: (what, count) => `${what}: ${count}`,
    outcomes: 'Ergebnis',
    outcome: {
      appointment: (count) => (count === 1 ? '1 Termin' : `${count} Termine`),
      message: (count) => (count === 1 ? '1 Nachricht' : `${count} Nachrichten`),
      'handed over': (count) => `${count} übergeben`,
      none: (count) => `${count} ohne Ergebnis`,
    },
    errors: 'Fehler',
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
      broken: 'kaputt',
    },
    full: 'voll',
    warm: (count) => (count === 0 ? 'keiner bereit' : `${count} bereit`),
    warmLabel: 'Prozesse, die auf einen Anruf warten',
    noTime: 'Prozessoren ausgelastet',
    lag: (ms) => `Verzug ${duration(ms)}`,
    version: (version) => `Version ${version}`,
    why: (state, error) => (state === 'broken' ? `Er kann keine Anrufe beginnen: ${error}` : error),
    lastError: 'Zuletzt ausgefallen um',
  },
  problem: (deployment, problem) => `${deployment}: ${problem}`,
  compare: {
    title: (one, base) => `${one} neben ${base}`,
    few: (enough) => `zu wenige Anrufe für einen Vergleich: nötig sind ${enough} auf jeder Seite`,
    same: 'kein klarer Unterschied',
  },
  empty: {
    title: (window) => `Keine Anrufe ${window}`,
    body: (person) =>
      `Jeder Anruf bei ${person} wird von der Anfrage an gemessen: wann der Agent da war, wann er zuerst zu hören war, wie schnell er antwortete und wie das Gespräch endete.`,
    call: (person) => `${person} anrufen`,
  },
  method: {
    title: 'So ist das zu lesen',
    lines: (enough, ms, share) => [
      'Ein Anruf zählt für den Agenten und das Deployment, die gewünscht waren, auch wenn später übergeben wurde.',
      'Die große Zeit ist der Median: Die Hälfte der Anrufe oder Antworten war schneller. 95 %: Von 100 waren 95 mindestens so schnell.',
      'Ein Worker mit einem bereiten Prozess nimmt sofort ab. Sein Verzug ist, wie lange er seit seiner letzten Meldung höchstens aufgehalten war; er meldet sich alle zwei Sekunden.',
      `Zwei Deployments werden ab ${enough} Anrufen auf jeder Seite verglichen. Ein Anteil gilt als verschieden, wo Zufall keine Erklärung ist (95-%-Intervalle ohne Überschneidung), ein Median ab ${ms} ms und ${share} Unterschied.`,
    ],
  },
  charts: {
    calls: 'Anrufe',
    timeToFirstAudio: 'Erster Ton nach',
    answer: 'Antworten nach',
    of: (chart, person) => `${chart}, ${person}`,
    p95: '95 %',
    missed: 'kein Agent kam',
    time: 'Ab',
    nothing: 'Nichts wurde gemessen.',
    loading: 'Diagramm wird geladen…',
    deploymentMedian: (deployment) => `${deployment}, Median`,
    deploymentP95: (deployment) => `${deployment}, 95 %`,
    deploymentMissed: (deployment) => `${deployment}, kein Agent kam`,
  },
};
