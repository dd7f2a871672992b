// What a verdict was concluded from, in German.
import { shownDeployment } from '@/lib/core/deployment';
import type { Shape } from '@/lib/core/language';
import { listed } from './de-numbers';
import type { evidenceText as english } from './en-evidence';

const on = (agent: string, deployment: string) => `${agent} auf ${deployment}`;
const ROLES: Readonly<Record<string, string>> = {
  caller: 'Der Anrufer',
  colleague: 'Ein Gast',
  phone: 'Ein Telefon',
};

export const evidenceText: Shape<typeof english> = {
  ago: (seconds) => `vor ${seconds} s`,
  agent: (name) => `Agent ${name || 'ohne Namen'}`,
  notConnected: (who) => `${who} (nicht verbunden)`,
  began: (who) => `Der Room begann; jetzt darin: ${listed(who) || 'niemand'}`,
  metadata: (metadata) => `Metadaten des Rooms: ${metadata}`,
  lists: (agent, deployment, jobs) =>
    `LiveKit nennt: ${agent ? on(agent, shownDeployment(deployment)) : 'automatischer Dispatch'}, ${jobs === 0 ? 'kein Job' : `${jobs} Job`}`,
  listsNone: 'LiveKit nennt keinen Dispatch',
  notLive: 'Den Room gibt es gerade nicht',
  requested: (agent, deployment) => `verlangt: ${on(agent, deployment)}`,
  dispatched: (agent, deployment) => `Dispatch: ${on(agent, deployment)}`,
  took: (worker) => `${worker} übernahm den Anruf`,
  refused: (worker, reason) => `${worker} lehnte ab: ${reason}`,
  joined: (agent) => `${agent || 'ein Agent'} kam`,
  left: (agent, why) => `${agent || 'ein Agent'} ging: ${why}`,
  personJoined: (role) => `${ROLES[role] ?? 'Jemand'} kam dazu`,
  error: (where, message) => `Fehler in ${where}: ${message}`,
  replacing: (reason) => `Ersatz: ${reason}`,
  gaveUp: (reason) => `Aufgegeben: ${reason}`,
  plain: {
    token_minted: 'Token ausgestellt',
    room_started: 'Room geöffnet',
    room_finished: 'Room geschlossen',
  },
  noDatabase: 'Die Datenbank ließ sich nicht nach dem fragen, was gemeldet wurde',
  reported: (report, ago) => {
    const { worker, agent, deployment, state, activeJobs, maxJobs, error } = report;
    const where = on(agent || 'automatisch', shownDeployment(deployment));
    const how = `${state}, ${activeJobs} von ${maxJobs} Anrufen${error ? `, „${error.slice(0, 200)}“` : ''}`;
    return `${worker} meldete sich ${ago}: ${where}, ${how}`;
  },
  noReport: 'Kein Worker dieses Namens hat sich gemeldet',
  reportRefused: (ago, why) => `Die Meldung eines Workers wurde ${ago} abgelehnt: ${why}`,
  serverLog: (line) => `Log des Servers: ${line}`,
  noLog: 'Das Log des Servers ist nicht auf diesem Rechner',
};
