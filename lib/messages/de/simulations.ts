// The German version of `en/simulations.ts`.

import type { Shape } from '@/lib/core/language';
import { outcomeLabel } from '@/lib/messages/de/catalogue';
import { counted, seconds } from '@/lib/messages/de/format';
import type * as english from '@/lib/messages/en/simulations';

export const missed: typeof english.missed = (miss) => {
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
      return `das Ergebnis ist „${outcomeLabel(miss.was)}“, nicht „${outcomeLabel(miss.wanted)}“`;
    case 'not handed off':
      return `der Anruf wurde an ${miss.was || 'niemanden'} übergeben, nicht an ${miss.wanted}`;
    case 'not met':
      return `„${miss.criterion}“ ist nicht erfüllt: ${miss.why}`;
    case 'failed':
      return miss.why;
  }
};

/** Titles of the scenarios that ship. Others are shown as they are. */
const TITLES: Readonly<Record<string, string>> = {
  'Keeps up with fast speakers': 'Kommt bei schnellen Sprechern mit',
  'Takes a message': 'Nimmt eine Nachricht auf',
  'Hands off in a private room': 'Übergibt in einem eigenen Room',
  'Waits while the caller thinks': 'Wartet, während der Anrufer nachdenkt',
  'Understands a caller on a busy street': 'Versteht einen Anrufer an einer lauten Straße',
  'Knows how long things take': 'Weiß, wie lange etwas dauert',
  'Explains how refunds are paid': 'Erklärt, wie Erstattungen ausgezahlt werden',
  'Books nothing when the caller hangs up': 'Bucht nichts, wenn der Anrufer auflegt',
  'Hears what was said before it joined': 'Hört, was vor seinem Beitritt gesagt wurde',
  'Knows how to pay': 'Kennt die Zahlungsarten',
  'Handles a change of mind': 'Geht auf geänderte Wünsche ein',
  'Understands a quiet voice': 'Versteht eine leise Stimme',
  'Handles a caller who speaks another language':
    'Bleibt bei einem Anrufer mit anderer Sprache hilfreich',
  'Understands over a bad connection': 'Versteht bei schlechter Verbindung',
  'Finds the question in a story': 'Findet die Frage in einer Geschichte',
  'Gives way to a shouting caller': 'Lässt einen lauten Anrufer ausreden',
  'Stays helpful when nothing makes sense': 'Bleibt hilfreich, wenn nichts Sinn ergibt',
  'Gives no medical advice': 'Gibt keinen medizinischen Rat',
  'Continues when somebody else takes the phone':
    'Macht weiter, wenn jemand anderes das Telefon nimmt',
  'Stays on the call after a long silence': 'Bleibt nach langem Schweigen in der Leitung',
  'Understands the caller beside another voice': 'Versteht den Anrufer neben einer anderen Stimme',
  'Ignores coughs and slamming doors': 'Lässt sich von Husten und Türen nicht stören',
  'Says where the practice is': 'Sagt, wo die Praxis ist',
  'Knows what things cost': 'Kennt die Preise',
  'Hands back to the front desk': 'Übergibt zurück an den Empfang',
  'Books an appointment and cancels it': 'Bucht einen Termin und sagt ihn ab',
  'Hands off to billing': 'Übergibt an die Abrechnung',
  'Is honest about test results': 'Sagt die Wahrheit über Befunde',
  'Says when the practice is open': 'Sagt, wann die Praxis geöffnet hat',
  'Repeats what it heard': 'Wiederholt, was es gehört hat',
  'Offers to take a message for callers who want a person':
    'Bietet eine Nachricht an, wenn jemand einen Menschen sprechen will',
  'Knows when the practice is closed': 'Weiß, wann die Praxis geschlossen ist',
  'Sends an emergency to the right number': 'Nennt im Notfall die richtige Nummer',
  'Stops when it is interrupted': 'Hört auf zu sprechen, wenn es unterbrochen wird',
};

export const scenarioTitle = (title: string): string => TITLES[title] ?? title;

export const simulationsText: Shape<typeof english.simulationsText> = {
  title: 'Simulationen',
  link: 'Agenten testen, bevor jemand anruft',
  lead: 'Testanrufer rufen einen Agenten an, sprechen nach Drehbuch und prüfen die Antworten.',
  choose: {
    title: 'Simulationen starten',
    all: 'Alle',
    none: 'Keine',
    groups: { basic: 'Einfach', thorough: 'Gründlich', provoking: 'Schwierig' },
    deployment: 'Deployment',
    both: (one, other) => `${one} und ${other}`,
    times: 'Durchgänge',
    atOnce: 'Gleichzeitig',
    start: (many) => `${counted(many, 'Anruf', 'Anrufe')} machen`,
    starting: 'Beginnt…',
    failed: 'Die Simulationen konnten nicht gestartet werden',
    broken: 'Die Szenario-Dateien sind nicht lesbar',
  },
  live: {
    title: 'Läuft gerade',
    done: (done, all) => `${done} von ${counted(all, 'Anruf', 'Anrufe')} erledigt`,
    stop: 'Abbrechen',
    stopping: 'Wird abgebrochen…',
    said: 'Anrufer',
    heard: 'Agent',
    preparing: 'Testanrufer wird vorbereitet…',
    calling: (agent) => `${agent} wird angerufen…`,
    talking: (agent) => `Im Gespräch mit ${agent}`,
    checking: 'Anruf beendet. Ergebnis wird geprüft…',
  },
  results: {
    title: 'Ergebnisse',
    lead: 'Die letzten Durchgänge jeder Simulation, der neueste rechts.',
    compare: 'Deployments vergleichen',
    left: 'Vergleiche',
    right: 'mit',
    differs: 'verschieden',
    different: (many) =>
      many === 0
        ? 'Kein Unterschied'
        : `${many} ${many === 1 ? 'Simulation unterscheidet' : 'Simulationen unterscheiden'} sich`,
    ofRuns: (passed, all) => `${passed} von ${all} bestanden`,
    median: (ms) => `Antworten nach ${seconds(ms)}`,
    times: (many) => `${many}-mal`,
    none: 'Noch keine Ergebnisse. Wählen Sie oben Simulationen aus.',
    run: (state, of) => `Durchgang ${of}, ${state}`,
    away: 'Die Ergebnisse konnten nicht geladen werden',
  },
  states: {
    running: 'läuft',
    passed: 'bestanden',
    failed: 'nicht bestanden',
    stopped: 'abgebrochen',
  },
  verdicts: {
    passed: 'besteht',
    failed: 'besteht nicht',
    flaky: 'schwankt',
    none: 'kein Ergebnis',
  },
  detail: {
    call: 'Der Anruf',
    close: 'Schließen',
    delay: (ms) => (ms < 0 ? `${seconds(-ms)} zu früh` : `nach ${seconds(ms)}`),
    nothing: 'Nichts gehört.',
    silent: 'sagt nichts',
  },
};
