// The German version of `en/why.ts`.

import type { Shape } from '@/lib/core/language';
import type { Matter } from '@/lib/doctor/diagnosis/evidence';
import type * as english from '@/lib/doctor/messages/en/why';
import { endReasons } from '@/lib/messages/de/end-reasons';
import { listed } from '@/lib/messages/de/format';

const named = ({ agent, deployment }: Matter) =>
  agent !== undefined && deployment ? `${agent} auf ${deployment}` : agent;

/** The agent, as the subject of a sentence. */
const who = (about: Matter): string => named(about) ?? 'Der Agent';
/** The agent after "für". */
const forWhom = (about: Matter): string => named(about) ?? 'diesen Agenten';
const after = ({ seconds = 0 }: Matter): string => `${seconds} s`;
const quote = ({ reason }: Matter): string => (reason ? `: „${reason}“` : '');

const SIGNED = 'Anfragen, die mit einem anderen Geheimnis unterschrieben sind, werden abgelehnt.';

const ONE_SHOT = 'LiveKit bietet einen Anruf einmal an und versucht es nicht erneut.';

const nothing = () => '';

/** Wie ein Worker ein Deployment bedient. */
const deploymentSetting = (deployment = 'production') =>
  deployment === 'production'
    ? 'ohne LIVEKIT_AGENT_DEPLOYMENT'
    : `mit LIVEKIT_AGENT_DEPLOYMENT=${deployment}`;

export const whyText: typeof english.whyText = {
  'agent-media-blocked': {
    state: 'fail',
    seen: (about) =>
      about.reason
        ? `Der Agent übernahm den Anruf und konnte seinen Ton nicht verbinden${quote(about)}.`
        : `Der Agent ist im Room, aber in ${after(about)} fand sich kein Weg für seinen Ton.`,
    matters: 'Zwischen Worker und Server ist der Weg für den Ton im Netz gesperrt.',
    todo: () => 'Öffnen Sie die UDP- und TCP-Ports des Servers für Ton zum Rechner des Workers.',
  },
  'no-network': {
    state: 'fail',
    seen: () => 'Dieser Rechner hat kein Netz, und kein Ton wurde verbunden.',
    matters:
      'Agenten und Browser verbinden den Ton über eine Netzadresse, auch auf demselben Rechner.',
    todo: () => 'Verbinden Sie diesen Rechner mit einem Netz, und starten Sie Callboard neu.',
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
    seen: (about) => {
      const { agent, other, byTeam } = about;
      if (byTeam) return `Kein Worker übernahm einen Anruf für ${who(about)}.`;
      const near = other ? `. Der ähnlichste Name ist „${other}“` : '';
      return `Kein Worker bedient einen Agenten namens „${agent}“${near}.`;
    },
    matters:
      'LiveKit vergleicht Namen und Deployment genau und meldet den Dispatch auch dann als gesendet, wenn kein Worker sie hat.',
    todo: ({ agent, deployment, other, byTeam }) => {
      if (other) return `Verlangen Sie „${other}“.`;
      if (!byTeam) return 'Starten Sie seinen Worker: npm run agent.';
      return `Starten Sie seinen Worker mit dem Agentennamen „${agent}“, ${deploymentSetting(deployment)} und mit LIVEKIT_URL, LIVEKIT_API_KEY und LIVEKIT_API_SECRET dieses Servers.`;
    },
    page: 'agents',
  },
  'registered-otherwise': {
    state: 'fail',
    seen: (about) =>
      `Ein Worker von „${about.agent}“ ist an diesem LiveKit-Server angemeldet, aber keiner bedient ${about.deployment}.`,
    matters:
      'Sein Name, seine URL und seine Schlüssel stimmen. LiveKit vergleicht das Deployment genau.',
    todo: ({ deployment }) => `Starten Sie seinen Worker ${deploymentSetting(deployment)}.`,
    page: 'agents',
  },
  'worker-production': {
    state: 'fail',
    seen: ({ agent }) => `Ein Worker von ${agent} bedient ein Deployment namens „production“.`,
    matters:
      'Für LiveKit ist production der leere Deployment-Name. Anrufe an production erreichen „production“ nicht.',
    todo: () => 'Entfernen Sie LIVEKIT_AGENT_DEPLOYMENT des Workers, und starten Sie ihn neu.',
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
      'Für LiveKit ist production der leere Name eines Deployments. „production“ ist ein anderes.',
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
      'Das geschieht, wenn der Name des Deployments ungültig ist: Der Worker versucht es immer wieder.',
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
    matters: 'LiveKit fragt keinen anderen Worker, wenn einer nicht antwortet.',
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
    todo: () => 'Prüfen Sie, ob sein Prozess läuft, und starten Sie ihn neu.',
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
    todo: () => 'Sehen Sie in das Log des Workers: Der Code des Agenten kam nicht bis connect().',
    page: 'agents',
  },
  there: {
    state: 'ok',
    seen: ({ agent }) => `${agent || 'Ein Agent'} ist im Room.`,
    matters: 'Nichts fehlt.',
    todo: nothing,
  },
  came: {
    state: 'ok',
    seen: ({ agent, left }) =>
      `${agent || 'Ein Agent'} kam zu diesem Anruf${left ? ` und ging später wieder (${endReasons[left]})` : ''}.`,
    matters: 'Warum er nicht mehr da ist, ist eine andere Frage.',
    todo: () => 'Sehen Sie im Verlauf des Anrufs nach, wie es weiterging.',
    page: 'calls',
  },
  'server-unreachable': {
    state: 'fail',
    seen: () => 'Der LiveKit-Server ist von hier nicht zu erreichen.',
    matters: 'Ohne ihn gibt es keinen Room, in den ein Agent kommen könnte.',
    todo: () => 'Starten Sie ihn, oder setzen Sie LIVEKIT_URL dorthin, wo er ist.',
    page: 'doctor',
  },
  'web-secret': {
    state: 'fail',
    seen: () =>
      'Der LiveKit-Server lehnt ab, was dieser Prozess unterschreibt (401): Das Geheimnis ist ein anderes.',
    matters: SIGNED,
    todo: () => 'Setzen Sie LIVEKIT_API_SECRET des Web-Prozesses auf das des Servers.',
    page: 'doctor',
  },
  'web-key': {
    state: 'fail',
    seen: () => 'Der LiveKit-Server kennt den API-Schlüssel dieses Prozesses nicht (401).',
    matters: SIGNED,
    todo: () =>
      'Setzen Sie LIVEKIT_API_KEY und LIVEKIT_API_SECRET auf ein Paar, das der Server hat.',
    page: 'doctor',
  },
  'web-clock': {
    state: 'fail',
    seen: () =>
      'Der LiveKit-Server lehnt Tokens dieses Prozesses ab, weil sie zu alt oder zu neu seien (401).',
    matters: 'Uhren dürfen um 60 s abweichen, nicht mehr.',
    todo: () => 'Stellen Sie die Uhren beider Rechner mit NTP.',
    page: 'doctor',
  },
  'server-refuses': {
    state: 'unknown',
    seen: () => 'Der LiveKit-Server antwortet, aber nicht auf das, was gefragt war.',
    matters: 'Nur der Server weiß, was aus dem Anruf wurde.',
    todo: () => 'Sehen Sie in das Log des Servers.',
    page: 'doctor',
  },
  'no-room': {
    state: 'unknown',
    seen: () => 'Weder ein Anruf noch ein laufender Room dieses Namens ist bekannt.',
    matters:
      'Namen von Rooms unterscheiden Groß- und Kleinschreibung, und ein Room, der vorbei ist, ist nur durch seinen Anruf bekannt.',
    todo: () => 'Suchen Sie den Anruf in der Liste, und fragen Sie von dort aus.',
    page: 'calls',
  },
  'caller-never-came': {
    state: 'fail',
    seen: () =>
      'Ein Token wurde ausgestellt, aber niemand trat damit bei: Der Room hat nie begonnen.',
    matters:
      'LiveKit schickt den Agenten, wenn der Anrufer beitritt. Dessen Browser hat LiveKit nicht erreicht.',
    todo: () =>
      'Öffnen Sie die Diagnose im Browser des Anrufers: Sie probiert den Weg zum LiveKit-Server.',
    page: 'doctor',
  },
  'caller-media-blocked': {
    state: 'fail',
    seen: (about) =>
      `Der Anrufer erreichte den Server, aber in ${after(about)} fand sich kein Weg für den Ton.`,
    matters: 'Zwischen beiden sind UDP und TCP gesperrt; niemand ist zu hören.',
    todo: () =>
      'Öffnen Sie die UDP- und TCP-Ports des Servers für Ton, oder richten Sie TURN auf Port 443 ein.',
    page: 'doctor',
  },
  'deployment-refused': {
    state: 'fail',
    seen: ({ deployment, reason }) =>
      `Der LiveKit-Server lehnte den Namen des Deployments ab${deployment ? ` („${deployment}“)` : ''}${reason ? `: ${reason}` : ''}.`,
    matters: 'Er lässt den Anrufer ein, schickt aber keinen Agenten und meldet keinen Fehler.',
    todo: () =>
      'Geben Sie dem Deployment einen Namen aus 1 bis 63 Buchstaben, Ziffern, „-“ oder „.“, mit einem Buchstaben oder einer Ziffer an beiden Enden.',
  },
  'name-in-metadata': {
    state: 'fail',
    seen: ({ agent }) =>
      `Die Metadaten des Rooms nennen ${agent}, aber es wurde kein Agent geschickt.`,
    matters: 'LiveKit liest keinen Agenten aus Metadaten: Nur ein Dispatch schickt einen.',
    todo: ({ agent }) =>
      `Schicken Sie ihn: npm run dispatch -- create ROOM --agent ${agent}, oder schreiben Sie eine Regel, die es tut.`,
    page: 'rules',
  },
  'automatic-expected': {
    state: 'fail',
    seen: ({ other }) =>
      `Es wurde nur der automatische Dispatch versucht, und jeder Worker hat einen Namen${other ? ` (${other})` : ''}.`,
    matters:
      'Ein Worker mit einem Agent-Namen bekommt keinen Anruf automatisch: Er muss verlangt werden.',
    todo: () =>
      'Verlangen Sie den Agenten mit Namen, oder schreiben Sie eine Regel, die einen schickt.',
    page: 'rules',
  },
  'token-ignored': {
    state: 'fail',
    seen: ({ agent }) =>
      `Den Room gab es schon, bevor das Token benutzt wurde, das ${agent} verlangt.`,
    matters: 'LiveKit liest die Agenten eines Tokens nur, wenn es den Room anlegt.',
    todo: ({ agent }) =>
      `Schicken Sie den Agenten in den Room: npm run dispatch -- create ROOM --agent ${agent}.`,
  },
  'nobody-asked': {
    state: 'fail',
    seen: () => 'Es wurde kein Agent geschickt.',
    matters: 'Ein Agent kommt nur, wenn ein Token, eine Regel oder ein Dispatch ihn anfordert.',
    todo: () =>
      'Verlangen Sie einen: mit dem Token für einen neuen Room, mit einer Regel oder mit npm run dispatch -- create ROOM.',
    page: 'rules',
  },
  'on-its-way': {
    state: 'unknown',
    seen: (about) => `${who(about)} wurde vor ${after(about)} verlangt und kann noch kommen.`,
    matters: 'LiveKit kann bis zu 5 s brauchen, um einen Worker für einen Namen zu finden.',
    todo: () => 'Fragen Sie in einigen Sekunden noch einmal.',
  },
  'long-ago': {
    state: 'unknown',
    seen: (about) =>
      `${who(about)} wurde vor ${Math.round((about.seconds ?? 0) / 60)} min verlangt und kam nicht${quote(about)}.`,
    matters: 'Der Zustand der Worker jetzt sagt nichts über damals.',
    todo: () =>
      'Sehen Sie in den Logs von Worker und LiveKit-Server zu dieser Zeit nach, und prüfen Sie den Zustand jetzt.',
    page: 'doctor',
  },
  unknown: {
    state: 'unknown',
    seen: (about) =>
      about.agent
        ? `${who(about)} wurde verlangt und kam nicht${quote(about)}. Seine Worker melden keine Probleme.`
        : 'Die Ereignisse dieses Anrufs zeigen es nicht.',
    matters: 'Warum kein Worker den Anruf bekam, steht nur im Log des Servers.',
    todo: () =>
      'Suchen Sie im Log des LiveKit-Servers zu dieser Zeit nach „failed to send job request“.',
    page: 'agents',
  },
};

const on = (agent: string, deployment: string) => `${agent} auf ${deployment}`;
const ROLES: Readonly<Record<string, string>> = {
  caller: 'Der Anrufer',
  colleague: 'Ein Gast',
  phone: 'Ein Telefon',
};

export const evidenceText: Shape<typeof english.evidenceText> = {
  ago: (seconds) => `vor ${seconds} s`,
  agent: (name) => `Agent ${name || 'ohne Namen'}`,
  notConnected: (who) => `${who} (nicht verbunden)`,
  began: (who) => `Der Room begann; jetzt darin: ${listed(who) || 'niemand'}`,
  metadata: (metadata) => `Metadaten des Rooms: ${metadata}`,
  lists: (agent, deployment, jobs) =>
    `LiveKit nennt: ${agent ? on(agent, deployment) : 'automatischer Dispatch'}, ${jobs === 0 ? 'kein Job' : `${jobs} Job`}`,
  listsNone: 'LiveKit nennt keinen Dispatch',
  notLive: 'Den Room gibt es gerade nicht',
  requested: (agent, deployment) => `verlangt: ${on(agent, deployment)}`,
  dispatched: (agent, deployment) => `Dispatch: ${on(agent, deployment)}`,
  took: (worker) => `${worker} übernahm den Anruf`,
  refused: (worker, reason) => `${worker} lehnte ab: ${reason}`,
  joined: (agent) => `${agent || 'ein Agent'} kam`,
  left: (agent, why) => `${agent || 'ein Agent'} ging: ${endReasons[why]}`,
  personJoined: (role) => `${ROLES[role] ?? 'Jemand'} kam dazu`,
  error: (where, message) => `Fehler in ${where}: ${message}`,
  replacing: (reason) => `Ersatz: ${reason}`,
  gaveUp: (reason) => `Aufgegeben: ${reason}`,
  plain: {
    token_minted: 'Token ausgestellt',
    room_started: 'Room geöffnet',
    room_finished: 'Room geschlossen',
  },
  noDatabase: 'Die Ereignisse ließen sich nicht aus der Datenbank lesen',
  reported: (report, ago) => {
    const { worker, agent, deployment, state, activeJobs, maxJobs, error } = report;
    const where = on(agent || 'automatisch', deployment);
    const how = `${state}, ${activeJobs} von ${maxJobs} Anrufen${error ? `, „${error.slice(0, 200)}“` : ''}`;
    return `${worker} meldete sich ${ago}: ${where}, ${how}`;
  },
  noReport: 'Kein Worker dieses Namens hat sich gemeldet',
  reportRefused: (ago, why) => `Die Meldung eines Workers wurde ${ago} abgelehnt: ${why}`,
  serverLog: (line) => `Log des Servers: ${line}`,
  noLog: 'Das Log des Servers ist nicht auf diesem Rechner',
};
