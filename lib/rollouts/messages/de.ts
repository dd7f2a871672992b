// The German version of `en/rollouts.ts`.
import type { Shape } from '@/lib/core/language';
import { duration } from '@/lib/messages/de/agents';
import { fixed } from '@/lib/messages/de/format';
import { CALLS_PER_CHECK, failedPercent } from '@/lib/rollouts/judge';
import type * as english from '@/lib/rollouts/messages/en';

const chance = (p: number) =>
  p < 0.001
    ? 'in weniger als 1 von 1.000 Fällen'
    : `in ${fixed(p * 100, p < 0.1 ? 1 : 0)} von 100 Fällen`;

export const checkResult: typeof english.checkResult = (finding) => {
  const { deployment: own, production, errorsByChance, answersByChance, level } = finding;
  const verdict = (p: number) =>
    `Ein so großer Unterschied entsteht zufällig ${chance(p)}: Er ist ${p <= level ? 'signifikant' : 'nicht signifikant'}.`;
  const share = (of: typeof own) =>
    `${of.wrong} von ${of.calls} (${fixed(failedPercent(of), 1)} %)`;
  const errors =
    errorsByChance === undefined
      ? 'Auf production gibt es keine Anrufe zum Vergleich.'
      : verdict(errorsByChance);
  const lines = [
    `Fehlgeschlagene Anrufe: ${share(own)}, auf production ${share(production)}. ${errors}`,
  ];
  if (own.answerMs !== undefined && production.answerMs !== undefined) {
    const [one, other] = [duration(own.answerMs), duration(production.answerMs)];
    const said =
      answersByChance === undefined ? 'Zu wenige für einen Vergleich.' : verdict(answersByChance);
    lines.push(`Antwortzeit: ${one}, auf production ${other}. ${said}`);
  }
  return lines;
};

export const reasonText: typeof english.reasonText = (reason) => {
  switch (reason.kind) {
    case 'said':
      return reason.text;
    case 'worse':
      return checkResult(reason.finding)[reason.finding.worse === 'errors' ? 0 : 1] ?? '';
    case 'simulations':
      return `Simulationen nicht bestanden: ${reason.failed.join(', ')}.`;
    case 'version':
      return `Die Worker haben jetzt eine andere Version: ${reason.found.join(', ')}.`;
  }
};

export const rolloutText: Shape<typeof english.rolloutText> = {
  title: (person) => `${person} ausrollen`,
  lead: 'Eine neue Version bekommt schrittweise Anrufer und wird automatisch zurückgenommen, wenn sie schlechter ist als production.',
  away: 'Das Ausrollen konnte nicht geladen werden',
  again: 'Noch einmal versuchen',
  version: (version) => (version === undefined ? 'Version unbekannt' : `Version ${version}`),
  why: 'Grund (optional)',
  states: {
    running: 'läuft',
    promoting: 'übernommen',
    returned: 'automatisch zurückgenommen',
    stopped: 'angehalten',
    finished: 'läuft auf production',
  },
  progress: {
    title: 'Das Ausrollen',
    share: (percent, deployment) => `${percent} % der Anrufer gehen an ${deployment}`,
    steps: 'Schritte',
    now: 'jetzt',
    overridden: (reason) => `Nicht bestandene Simulationen wurden übergangen: ${reason}`,
    early: `Nach je ${CALLS_PER_CHECK} beendeten Anrufen wird verglichen.`,
    limits: (points, ms) =>
      `Es wird automatisch zurückgenommen, wenn es signifikant schlechter ist als production: um mehr als ${points} von 100 Anrufen oder um mehr als ${ms}.`,
    looked: (look) => `${look}. Vergleich`,
    promoting: (version) =>
      `Bringen Sie jetzt die Worker von production wie gewohnt auf ${version}; Callboard kann das nicht für Sie tun. Bis alle diese Version melden, gehen alle Anrufer an das jetzige Deployment. Danach endet das Ausrollen automatisch.`,
    next: (percent) => `Nächster Schritt: ${percent} %`,
    failed: 'Die Änderung ist fehlgeschlagen',
    stop: {
      button: 'Anhalten',
      ask: 'Alle Anrufer gehen wieder an production.',
      yes: 'Ja, anhalten',
      no: 'Abbrechen',
    },
    promote: {
      button: 'Übernehmen',
      ask: (version) =>
        `Alle Anrufer bekommen jetzt ${version}. Bringen Sie danach production auf diese Version.`,
      yes: 'Ja, übernehmen',
      no: 'Abbrechen',
    },
    adminsPromote: 'Nur Admins können übernehmen.',
    unreported:
      'Die Worker melden Callboard ihre Version nicht. Bringen Sie nach dem letzten Schritt production auf den neuen Stand und halten Sie dann das Ausrollen an.',
  },
  start: {
    title: 'Ausrollen beginnen',
    deployment: 'Deployment',
    steps: 'Schritte in Prozent der Anrufer',
    stepsHint:
      'Steigend, durch Kommas getrennt. Anrufer behalten ihre Version, wenn der Anteil wächst.',
    errors: 'Zusätzliche fehlgeschlagene Anrufe von 100',
    answers: 'Langsamere Antworten (ms)',
    limits: 'Automatisch zurücknehmen ab',
    button: 'Beginnen',
    starting: 'Beginnt…',
    failed: 'Das Ausrollen konnte nicht begonnen werden',
    nobody: (deployment) =>
      `Auf ${deployment} ist kein Worker da: Starten Sie einen mit der neuen Version.`,
    unreported: (deployment) =>
      `Die Worker auf ${deployment} melden sich nicht bei Callboard. Anrufer, zu denen kein Agent kommt, gehen an production.`,
    several: (deployment, versions) =>
      `Die Worker auf ${deployment} haben mehrere Versionen (${versions}). Warten Sie, bis alle eine haben.`,
    same: (version) =>
      `Beide Deployments nennen als Version ${version}. Setzen Sie AGENT_VERSION bei den Workern der neuen Version, um sie zu unterscheiden.`,
    notSimulated: (deployment) => `Auf ${deployment} liefen noch keine Simulationen.`,
    failedSimulations: (deployment) =>
      `Die letzten Simulationen auf ${deployment} wurden nicht bestanden`,
    ofRuns: (title, passed, of) => `${title}: ${passed} von ${of} bestanden`,
    gate: 'Es bekommt keine Anrufer, außer ein Admin entscheidet anders. Der Verlauf zeigt, wer das war und warum.',
    simulations: 'Simulationen',
    reason: 'Grund für die Ausnahme',
    override: 'Trotzdem beginnen',
    notYours: 'Nur Entwickler können ein Ausrollen beginnen.',
  },
  figures: {
    title: 'Versionen nebeneinander',
    week: 'Anrufe der letzten sieben Tage, ohne Simulationen.',
    since: 'Anrufe seit Beginn des Ausrollens, ohne Simulationen.',
    none: 'Noch keine Anrufe.',
    unknown: 'Version unbekannt',
    runs: (places) => `läuft, ${places} ${places === 1 ? 'Platz' : 'Plätze'}`,
    gone: 'läuft nicht mehr',
    caption: (person) => `Versionen von ${person}`,
  },
  history: {
    title: 'Verlauf',
    none: 'Noch nichts ausgerollt.',
    actions: {
      started: 'Begonnen',
      overridden: 'Simulationen übergangen',
      stepped: 'Nächster Schritt',
      stopped: 'Angehalten',
      promoted: 'Übernommen',
      returned: 'Automatisch zurückgenommen',
      finished: 'Läuft auf production',
    },
    itself: 'Callboard',
    to: (percent, deployment) => `${percent} % an ${deployment}`,
  },
};
