// What people read of roll-outs. German.
import type { Shape } from '../language/language';
import { LOOK_EVERY, wrongOf100 } from '../rollout/judge';
import { duration } from './de-agents';
import { fixed } from './de-numbers';
import type * as english from './en-rollout';

const chance = (p: number) =>
  p < 0.001
    ? 'in weniger als 1 von 1.000 Fällen'
    : `in ${fixed(p * 100, p < 0.1 ? 1 : 0)} von 100 Fällen`;

export const found: typeof english.found = (finding) => {
  const { deployment: own, production, errorsByChance, answersByChance, level } = finding;
  const verdict = (p: number) =>
    `Zufall allein tut das ${chance(p)}: ${p <= level ? 'Das ist kein Zufall' : 'Das kann Zufall sein'}.`;
  const share = (of: typeof own) => `${of.wrong} von ${of.calls} (${fixed(wrongOf100(of), 1)} %)`;
  const errors =
    errorsByChance === undefined
      ? 'production hatte keinen Anruf, der sich vergleichen ließe.'
      : verdict(errorsByChance);
  const lines = [
    `Anrufe, in denen etwas schiefging: ${share(own)}, auf production ${share(production)}. ${errors}`,
  ];
  if (own.answerMs !== undefined && production.answerMs !== undefined) {
    const [one, other] = [duration(own.answerMs), duration(production.answerMs)];
    const said =
      answersByChance === undefined ? 'Zu wenige für einen Vergleich.' : verdict(answersByChance);
    lines.push(`Antworten nach ${one}, auf production nach ${other}. ${said}`);
  }
  return lines;
};

export const because: typeof english.because = (reason) => {
  switch (reason.kind) {
    case 'said':
      return reason.text;
    case 'worse':
      return found(reason.finding)[reason.finding.worse === 'errors' ? 0 : 1] ?? '';
    case 'rehearsals':
      return `Seine Proben sind gescheitert: ${reason.failed.join(', ')}.`;
    case 'version':
      return `Seine Worker haben jetzt eine andere Version: ${reason.found.join(', ')}.`;
  }
};

export const rolloutText: Shape<typeof english.rolloutText> = {
  link: 'Eine Version ausrollen',
  title: (person) => `${person} ausrollen`,
  lead: 'Eine neue Version bekommt Anrufer in Schritten, und verliert sie von selbst, wo sie schlechter ist als production.',
  away: 'Das Ausrollen kann nicht gezeigt werden',
  again: 'Noch einmal versuchen',
  version: (version) => `Version ${version}`,
  why: 'Warum (steht im Verlauf; kann wegbleiben)',
  states: {
    running: 'läuft',
    promoting: 'übernommen',
    returned: 'von selbst zurückgenommen',
    stopped: 'angehalten',
    finished: 'production hat sie',
  },
  standing: {
    title: 'Das Ausrollen',
    share: (percent, deployment) => `${percent} % der Anrufer gehen an ${deployment}`,
    steps: 'Schritte',
    now: 'jetzt',
    overridden: (reason) =>
      `Seine Proben sind gescheitert; darüber hat sich jemand hinweggesetzt: ${reason}`,
    early: `Zum ersten Mal wird verglichen, wenn ${LOOK_EVERY} Anrufe dort vorbei sind, und dann nach je ${LOOK_EVERY} weiteren.`,
    limits: (points, ms) =>
      `Es wird von selbst zurückgenommen, wo Zufall keine Erklärung ist und es um ${points} von 100 Anrufen oder um ${ms} schlechter ist als production.`,
    looked: (look) => `${look}. Vergleich`,
    promoting: (version) =>
      `Bringen Sie jetzt die Worker von production auf Version ${version}, wie Sie es immer tun: Callboard kann das nicht, sie werden anderswo gestartet. Bis alle sie melden, gehen alle Anrufer zu der Version, wie sie hier läuft; dann endet das Ausrollen von selbst.`,
    next: (percent) => `Nächster Schritt: ${percent} %`,
    failed: 'Das ging nicht',
    stop: {
      button: 'Anhalten',
      ask: 'Alle Anrufer gehen wieder an production.',
      yes: 'Ja, anhalten',
      no: 'Weiterlaufen lassen',
    },
    promote: {
      button: 'Übernehmen',
      ask: (version) =>
        `Alle Anrufer bekommen jetzt Version ${version}, und production soll sie bekommen.`,
      yes: 'Ja, übernehmen',
      no: 'Noch nicht',
    },
    adminsPromote: 'Übernehmen können Admins.',
  },
  start: {
    title: 'Ausrollen beginnen',
    deployment: 'Deployment',
    steps: 'Schritte in Prozent der Anrufer',
    stepsHint: 'Steigend, mit Kommas. Dieselben Anrufer bleiben dabei, wenn der Anteil wächst.',
    errors: 'Mehr misslungene Anrufe, von 100',
    answers: 'Spätere Antworten, in Millisekunden',
    limits: 'Von selbst zurückgenommen wird es ab',
    button: 'Beginnen',
    starting: 'Beginnt…',
    failed: 'Es hat nicht begonnen',
    nobody: (deployment) =>
      `Auf ${deployment} ist kein Worker da: Starten Sie einen mit der neuen Version.`,
    several: (deployment, versions) =>
      `Die Worker auf ${deployment} haben mehrere Versionen (${versions}). Warten Sie, bis alle eine haben.`,
    same: (version) =>
      `Beide Deployments nennen als Version ${version}. Geben Sie den Workern der neuen Version eine AGENT_VERSION, damit man sie unterscheiden und übernehmen kann.`,
    unheld: (deployment) => `Auf ${deployment} wurde noch nicht geprobt.`,
    failedRehearsals: (deployment) => `Seine letzten Proben auf ${deployment} sind gescheitert`,
    ofRuns: (title, passed, of) => `${title}: ${passed} von ${of} bestanden`,
    gate: 'Darum bekommt es keine Anrufer, außer ein Admin setzt sich darüber hinweg. Name und Grund stehen dann im Verlauf.',
    rehearse: 'Proben',
    reason: 'Warum es trotzdem Anrufer bekommen darf',
    override: 'Trotzdem beginnen',
    notYours: 'Beginnen können Entwickler.',
  },
  figures: {
    title: 'Versionen nebeneinander',
    week: 'Anrufe der letzten sieben Tage, ohne Proben.',
    since: 'Anrufe seit Beginn des Ausrollens, ohne Proben.',
    none: 'Noch hat niemand angerufen.',
    unknown: 'Version nicht bekannt',
    runs: (places) => `läuft, ${places} ${places === 1 ? 'Platz' : 'Plätze'}`,
    gone: 'läuft nicht mehr',
    caption: (person) => `Versionen von ${person}`,
  },
  history: {
    title: 'Wer was getan hat',
    none: 'Noch wurde nichts ausgerollt.',
    actions: {
      started: 'Begonnen',
      overridden: 'Trotz gescheiterter Proben',
      stepped: 'Nächster Schritt',
      stopped: 'Angehalten',
      promoted: 'Übernommen',
      returned: 'Von selbst zurückgenommen',
      finished: 'production hat sie',
    },
    itself: 'Callboard',
    to: (percent, deployment) => `${percent} % an ${deployment}`,
  },
};
