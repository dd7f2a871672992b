// Single events of a call as sentences, in German: words instead of codes.
import { agentCalled, callsText } from './de-calls';
import { toldBy } from './de-catalogue';
import { fixed } from './de-numbers';
import type * as english from './en-happenings';

/** LiveKit's reasons, and our own words, for leaving and for the end. */
const WHY: Readonly<Record<string, string>> = {
  CLIENT_INITIATED: 'hat aufgelegt',
  DUPLICATE_IDENTITY: 'kam von einem anderen Ort dazu',
  SERVER_SHUTDOWN: 'der Server wurde beendet',
  PARTICIPANT_REMOVED: 'wurde hinausgenommen',
  ROOM_DELETED: 'der Room wurde geschlossen',
  ROOM_CLOSED: 'der Room wurde geschlossen',
  STATE_MISMATCH: 'die Verbindung war zu alt, um sie fortzusetzen',
  JOIN_FAILURE: 'konnte nicht beitreten',
  SIGNAL_CLOSE: 'die Verbindung wurde geschlossen',
  CONNECTION_TIMEOUT: 'die Verbindung kam nicht rechtzeitig zustande',
  MIGRATION: 'auf einen anderen Server gewechselt',
  goodbye: 'das Gespräch war zu Ende',
  'time-up': 'die Zeit des Anrufs war um',
  shutdown: 'wurde gebeten zu gehen',
  error: 'ausgefallen',
  handover: 'ein anderer Agent hat übernommen',
  takeover: 'eine Person hat übernommen',
  outdone: 'ein zweiter gleichen Namens war da',
  orphaned: 'der Worker-Prozess war gestorben',
  caller: 'der Anrufer hat aufgelegt',
  'caller left': 'der Anrufer ist gegangen',
  closed: 'es wurde für alle geschlossen',
  'no agent': 'kein Agent kam',
  lost: 'es war nichts mehr zu hören',
  busy: 'es war besetzt',
  'no answer': 'niemand nahm ab',
  declined: 'der Anruf wurde abgelehnt',
  'no such number': 'es gibt diese Nummer nicht',
  loop: 'die Leitung führt zu sich selbst zurück',
  'no line': 'es gab keine Telefonleitung',
  USER_UNAVAILABLE: 'niemand nahm ab',
  USER_REJECTED: 'war besetzt oder lehnte ab',
  SIP_TRUNK_FAILURE: 'die Telefonleitung versagte',
};
const why = (word: string) =>
  WHY[word] ?? WHY[word.toUpperCase()] ?? word.replaceAll('_', ' ').toLowerCase();
const because = (word: string) => (word ? `: ${why(word)}` : '');

const ORIGINS = {
  page: 'auf der Seite',
  api: 'über die API',
  rule: 'durch eine Regel',
  embed: 'auf einer anderen Website',
};
const SENDERS = {
  token: 'mit dem Token',
  api: 'über die API',
  rule: 'durch eine Regel',
  agent: 'durch einen Agenten',
  page: 'auf der Seite',
  share: 'durch den Anteil einer Regel',
  watcher: 'durch den Wächter',
};
const ROLES = { caller: '', colleague: ' auf Einladung', phone: ' per Telefon', other: '' };

export const happened: typeof english.happened = (what, called) => {
  switch (what.kind) {
    case 'requested':
      return `${agentCalled(what.agent) || 'Anruf'} angefragt, ${what.deployment}, ${ORIGINS[what.origin]}`;
    case 'token_minted':
      return `Token in ${fixed(what.ms)} ms ausgestellt`;
    case 'room_started':
      return 'Room geöffnet';
    case 'room_finished':
      return 'Room geschlossen';
    case 'dispatched':
      return `Dispatch für ${agentCalled(what.agent)}, ${what.deployment}, ${SENDERS[what.by]}`;
    case 'job_assigned':
      return `Worker ${what.worker} übernahm den Job für ${agentCalled(what.agent)}`;
    case 'job_refused':
      return `Worker ${what.worker} übernahm den Job für ${agentCalled(what.agent)} nicht${because(what.reason)}`;
    case 'agent_joined':
      return `${agentCalled(what.agent)} ist da, ${what.deployment}${what.worker ? `, Worker ${what.worker}` : ''}`;
    case 'first_audio':
      return `Erster Ton von ${agentCalled(what.agent)}`;
    case 'person_joined':
      return `${what.name || what.identity} ist da${ROLES[what.role]}`;
    case 'person_left':
      return `${called(what.identity)} ist gegangen${because(what.why)}`;
    case 'turn':
      return `${what.by}: ${what.text}`;
    case 'tool':
      return toldBy(what.label ?? what.tool);
    case 'missed_words':
      return `${called(what.identity)} hat ${fixed(what.ms / 1_000, 1)} s Gesprochenes nicht verstanden${what.offered ? ' und Tippen angeboten' : ''}`;
    case 'agent_state':
      return `${called(what.identity)} ${callsText.live.states[what.state] ?? what.state}`;
    case 'connection':
      return what.state === 'reconnecting'
        ? `${called(what.identity)} hat die Verbindung verloren`
        : `${called(what.identity)} ist wieder verbunden`;
    case 'error':
      return `Fehler in ${what.where}: ${what.message}`;
    case 'handed_over':
      return `${agentCalled(what.from)} hat an ${agentCalled(what.to)} übergeben`;
    case 'outcome':
      return `Ergebnis: ${callsText.outcomes[what.outcome]}`;
    case 'agent_left':
      return `${agentCalled(what.agent)} ist gegangen${because(what.why)}`;
    case 'failover':
      return `${agentCalled(what.agent)} wird ersetzt, Versuch ${what.attempt}: ${what.reason}`;
    case 'gave_up':
      return `Niemand konnte für ${agentCalled(what.agent)} einspringen: ${what.reason}`;
    case 'put_through':
      return `Nach ${fixed(what.ms / 1_000)} s in der Warteschlange verbunden`;
    case 'recording':
      return what.endedAt === undefined ? 'Aufzeichnung beginnt' : 'Aufzeichnung endet';
    case 'ended':
      return `Zu Ende${because(what.why)}${what.reason ? `, „${what.reason}“` : ''}`;
  }
};

export const sourceCalled: typeof english.sourceCalled = (source) =>
  source === 'livekit' ? 'LiveKit' : source.replace(':', ' ');
