// Was über Proben zu lesen ist. Deutsch.
import type { Shape } from '../language/language';
import type { Miss } from '../rehearsals/result';
import type { rehearsalsText as inEnglish } from './en-rehearsals';

const number = (value: number) => value.toFixed(1).replace('.', ',');
const seconds = (ms: number) => `${number(ms / 1_000)} s`;
const calls = (many: number) => `${many} ${many === 1 ? 'Anruf' : 'Anrufe'}`;

/** Was nicht stimmte, als Satz. */
export function missed(miss: Miss): string {
  switch (miss.kind) {
    case 'not heard':
      return `„${miss.wanted}“ war nicht zu hören${miss.near ? `; am nächsten kam „${miss.near}“` : ''}`;
    case 'heard':
      return `„${miss.unwanted}“ war zu hören`;
    case 'no answer':
      return `keine Antwort innerhalb von ${seconds(miss.withinMs)}`;
    case 'late':
      return `die Antwort kam nach ${seconds(miss.ms)}, nicht innerhalb von ${seconds(miss.limitMs)}`;
    case 'no tool':
      return `${miss.tool} ${miss.args} wurde nicht aufgerufen${miss.called ? `, sondern ${miss.called}` : ''}`;
    case 'other outcome':
      return `das Ergebnis ist ${miss.was}, nicht ${miss.wanted}`;
    case 'not handed over':
      return `${miss.was || 'niemand'} hatte das Wort, nicht ${miss.wanted}`;
    case 'not met':
      return `„${miss.criterion}“ ist nicht erfüllt: ${miss.why}`;
    case 'failed':
      return miss.why;
  }
}

/** Alle Texte der Seite. */
export const rehearsalsText: Shape<typeof inEnglish> = {
  title: 'Proben',
  link: 'Mit ihnen proben, bevor jemand anruft',
  lead: 'Anrufer nach Drehbuch rufen einen Agent an, sprechen und hören zu, bevor es Menschen tun.',
  choose: {
    title: 'Proben abhalten',
    all: 'Alle',
    none: 'Keine',
    groups: { basic: 'Einfach', thorough: 'Gründlich', provoking: 'Schwierig' },
    deployment: 'Deployment',
    both: (one, other) => `${one} und ${other}`,
    times: 'Wie oft jede',
    atOnce: 'Gleichzeitig',
    start: (many) => (many === 1 ? '1 Anruf machen' : `${many} Anrufe machen`),
    starting: 'Beginnt…',
    failed: 'Sie konnten nicht begonnen werden',
    broken: 'Die Dateien sind nicht lesbar',
  },
  live: {
    title: 'Läuft gerade',
    done: (done, all) => `${done} von ${calls(all)} erledigt`,
    stop: 'Abbrechen',
    stopping: 'Wird abgebrochen…',
    said: 'Anrufer',
    heard: 'Agent',
    greeting: 'hört zu',
    waiting: 'Der Agent wird angerufen…',
  },
  results: {
    title: 'Ergebnisse',
    lead: 'Die letzten Durchgänge jeder Probe, der neueste rechts.',
    rehearsal: 'Probe',
    compare: 'Nebeneinander',
    differs: 'verschieden',
    different: (many) =>
      many === 0
        ? 'Auf beiden gelingt und misslingt dasselbe'
        : `${many} ${many === 1 ? 'Probe ist' : 'Proben sind'} verschieden`,
    ofRuns: (passed, all) => `${passed} von ${all} gelungen`,
    median: (ms) => `Antworten nach ${seconds(ms)}`,
    times: (many) => `${many}-mal`,
    none: 'Noch wurde nichts geprobt. Oben lässt sich etwas auswählen.',
    run: (state, of) => `Durchgang ${of}, ${state}`,
    away: 'Die Ergebnisse können nicht gezeigt werden',
  },
  states: {
    running: 'läuft',
    passed: 'gelungen',
    failed: 'misslungen',
    stopped: 'abgebrochen',
  },
  verdicts: {
    passed: 'gelingt',
    failed: 'misslingt',
    flaky: 'mal so, mal so',
    none: 'nicht geprobt',
  },
  detail: {
    call: 'Der Anruf',
    close: 'Schließen',
    delay: (ms) => (ms < 0 ? `fiel ${seconds(-ms)} zu früh ins Wort` : `nach ${seconds(ms)}`),
    wrong: 'Was nicht stimmte',
    nothing: 'Nichts war zu hören.',
    silent: 'sagt nichts',
  },
};
