// Why no agent came, in German, where it is about workers: none of that name, one that did not answer,
// one that took the call and did not bring the agent.
import { after, forWhom, quote, SIGNED } from './de-why-words';
import type { Words } from './en-why-words';
import type { workerWhy as english } from './en-why-worker';

const ONE_SHOT = 'LiveKit fragt einmal, wer einen Anruf übernimmt, und von selbst nie wieder.';

export const workerWhy: Readonly<Record<keyof typeof english, Words>> = {
  'agent-media-blocked': {
    state: 'fail',
    seen: (about) =>
      about.reason
        ? `Der Agent übernahm den Anruf und konnte seinen Ton nicht verbinden${quote(about)}.`
        : `Der Agent ist im Room, aber in ${after(about)} fand sich kein Weg für seinen Ton.`,
    matters: 'Zwischen Worker und Server ist der Weg für den Ton im Netz gesperrt.',
    todo: () => 'Öffnen Sie die UDP- und TCP-Ports des Servers für Ton zum Rechner des Workers.',
  },
  refused: {
    state: 'fail',
    seen: (about) =>
      about.reason
        ? `${about.other ?? 'Ein Worker'} lehnte den Anruf ab${quote(about)}.`
        : `Jeder Worker für ${forWhom(about)} lehnte den Anruf ab; keiner sagte, warum.`,
    matters: ONE_SHOT,
    todo: (about) =>
      about.reason
        ? 'Beheben Sie, was der Grund nennt, und schicken Sie den Agenten dann noch einmal.'
        : 'Suchen Sie im Log des Workers nach „job refused“.',
    page: 'agents',
  },
  full: {
    state: 'fail',
    seen: (about) => `Jeder Worker für ${forWhom(about)} war voll.`,
    matters: `Einem vollen Worker wird nichts angeboten. ${ONE_SHOT}`,
    todo: () => 'Starten Sie einen weiteren Worker, oder erhöhen Sie AGENT_MAX_JOBS.',
    page: 'agents',
  },
  'no-worker': {
    state: 'fail',
    seen: ({ agent, other }) =>
      `Kein Worker bedient einen Agenten namens „${agent}“${other ? `. Der ähnlichste Name ist „${other}“` : ''}.`,
    matters:
      'LiveKit vergleicht den Namen genau und meldet den Dispatch auch als geschickt, wo niemand so heißt.',
    todo: ({ other }) =>
      other ? `Verlangen Sie „${other}“.` : 'Starten Sie seinen Worker: npm run agent.',
    page: 'agents',
  },
  'other-case': {
    state: 'fail',
    seen: ({ agent, other }) =>
      `„${agent}“ wurde verlangt. Es gibt „${other}“: Groß- und Kleinschreibung sind verschieden.`,
    matters: 'LiveKit vergleicht den Namen genau.',
    todo: ({ other }) => `Verlangen Sie „${other}“.`,
    page: 'agents',
  },
  'other-deployment': {
    state: 'fail',
    seen: ({ agent, deployment, other }) =>
      `Kein Worker bedient ${agent} auf ${deployment}. Es gibt ihn auf ${other}.`,
    matters: 'LiveKit gibt einen Anruf nur Workern genau des Deployments, das verlangt wurde.',
    todo: ({ deployment, other }) =>
      `Verlangen Sie ${other}, oder starten Sie einen Worker auf ${deployment}.`,
    page: 'agents',
  },
  'named-production': {
    state: 'fail',
    seen: ({ agent }) =>
      `${agent} wurde auf einem Deployment verlangt, das als „production“ geschrieben war.`,
    matters:
      'Auf der Leitung ist das Deployment production der leere Name. Für den Server sind es zwei.',
    todo: () => 'Lassen Sie das Deployment weg oder leer, um production zu erhalten.',
    page: 'agents',
  },
  'worker-secret': {
    state: 'fail',
    seen: () => 'Ein Worker wird mit 401 abgewiesen: Sein LIVEKIT_API_SECRET ist ein anderes.',
    matters: SIGNED,
    todo: () =>
      'Setzen Sie LIVEKIT_API_SECRET des Workers auf das des Servers, und starten Sie ihn neu.',
    page: 'agents',
  },
  'worker-key': {
    state: 'fail',
    seen: () =>
      'Ein Worker wird mit 401 abgewiesen: Der Server kennt seinen LIVEKIT_API_KEY nicht.',
    matters: SIGNED,
    todo: () =>
      'Setzen Sie LIVEKIT_API_KEY und LIVEKIT_API_SECRET des Workers auf die des Servers.',
    page: 'agents',
  },
  'worker-clock': {
    state: 'fail',
    seen: () => 'Ein Worker wird mit 401 abgewiesen: Sein Geheimnis stimmt, seine Uhr nicht.',
    matters: 'Uhren dürfen um 60 s abweichen, nicht mehr.',
    todo: () => 'Stellen Sie die Uhr auf dem Rechner des Workers mit NTP.',
    page: 'agents',
  },
  'wrong-server': {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'Ein Worker'} meldet hier ${forWhom(about)}, aber dieser LiveKit-Server hat ihn nicht.`,
    matters: 'Er ist mit einem anderen Server verbunden oder mit keinem.',
    todo: () => 'Setzen Sie LIVEKIT_URL des Workers auf diesen Server, und starten Sie ihn neu.',
    page: 'agents',
  },
  'worker-deployment': {
    state: 'fail',
    seen: (about) => `Der Server lehnt ab, was ein Worker bei der Anmeldung sagt${quote(about)}.`,
    matters:
      'So ist es bei einem Namen des Deployments, der gegen die Regel ist: Der Worker versucht es immer wieder.',
    todo: () =>
      'Berichtigen Sie LIVEKIT_AGENT_DEPLOYMENT des Workers: kein „_“, höchstens 63 Zeichen.',
    page: 'agents',
  },
  frozen: {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'Der Worker'} antwortete nicht binnen 3 s und hat sich seit ${after(about)} nicht gemeldet: Er ist eingefroren.`,
    matters:
      'Der Server bietet ihm weiter Anrufe an und fragt keinen anderen Worker, wenn er schweigt.',
    todo: () => 'Beenden Sie diesen Worker-Prozess, und starten Sie ihn wieder.',
    page: 'agents',
  },
  unanswered: {
    state: 'fail',
    seen: (about) =>
      `Einem Worker für ${forWhom(about)} wurde der Anruf angeboten, und er antwortete nicht binnen 3 s.`,
    matters: 'LiveKit fragt keinen anderen Worker, wo einer schweigt.',
    todo: () => 'Sorgen Sie dafür, dass er Anfragen immer annimmt oder ablehnt, und zwar schnell.',
    page: 'agents',
  },
  'cannot-start': {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'Der Worker'} ist für ${forWhom(about)} angemeldet, kann aber keinen Anruf beginnen${quote(about)}.`,
    matters: 'Von außen sieht er gesund aus. Jeder Anruf, den er übernimmt, ist verloren.',
    todo: () =>
      'Beheben Sie auf dem Rechner des Workers, was der Fehler nennt, und starten Sie ihn dann neu.',
    page: 'agents',
  },
  starting: {
    state: 'fail',
    seen: (about) => `Der Worker für ${forWhom(about)} startet noch${quote(about)}.`,
    matters: ONE_SHOT,
    todo: () => 'Versuchen Sie es noch einmal, sobald er bereit ist.',
    page: 'agents',
  },
  draining: {
    state: 'fail',
    seen: (about) => `Jeder Worker für ${forWhom(about)} wird gerade beendet.`,
    matters: 'Ein Worker, der beendet wird, übernimmt keinen neuen Anruf.',
    todo: () => 'Starten Sie wieder einen Worker: npm run agent.',
    page: 'agents',
  },
  'worker-gone': {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'Der Worker'}, der ${forWhom(about)} bediente, hat sich zuletzt vor ${after(about)} gemeldet.`,
    matters: 'Er ist zu Ende, eingefroren, oder erreicht diesen Prozess nicht.',
    todo: () => 'Sehen Sie nach, ob sein Prozess da ist, und starten Sie ihn wieder.',
    page: 'agents',
  },
  'job-failed': {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'Der Worker'} übernahm den Anruf, und sein Job scheiterte${quote(about)}.`,
    matters: 'Der Job endete, bevor der Agent im Room war.',
    todo: () => 'Beheben Sie, was der Fehler nennt.',
    page: 'calls',
  },
  'never-joined': {
    state: 'fail',
    seen: (about) =>
      `${about.other ?? 'Ein Worker'} bekam den Anruf vor ${after(about)}. Sein Agent ist nicht im Room.`,
    matters: 'LiveKit nennt einen solchen Job für immer „running“; sein Zustand beweist nichts.',
    todo: () =>
      'Sehen Sie in das Log des Workers: Der Code des Agenten kam nicht bis zum Verbinden.',
    page: 'agents',
  },
};
