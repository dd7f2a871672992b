// Single events of a call as sentences, in English: words instead of codes.
import type { Happening } from '@/lib/calls/event';
import { agentCalled } from './en-calls';

/** LiveKit's reasons, and our own words, for leaving and for the end. */
const WHY: Readonly<Record<string, string>> = {
  CLIENT_INITIATED: 'hung up',
  DUPLICATE_IDENTITY: 'joined from another place',
  SERVER_SHUTDOWN: 'the server was stopped',
  PARTICIPANT_REMOVED: 'was taken out',
  ROOM_DELETED: 'the room was closed',
  ROOM_CLOSED: 'the room was closed',
  STATE_MISMATCH: 'the connection was too old to resume',
  JOIN_FAILURE: 'could not join',
  SIGNAL_CLOSE: 'the connection closed',
  CONNECTION_TIMEOUT: 'the connection timed out',
  MIGRATION: 'moved to another server',
  goodbye: 'the conversation was over',
  'time-up': 'the time of the call was up',
  shutdown: 'was asked to leave',
  error: 'failed',
  handover: 'another agent took over',
  takeover: 'a person took over',
  outdone: 'another one of its name was there',
  orphaned: 'its worker process had died',
  caller: 'the caller hung up',
  closed: 'it was closed for everyone',
  'no agent': 'no agent came',
  lost: 'it was not heard of again',
  busy: 'the line was busy',
  'no answer': 'nobody answered',
  declined: 'the call was declined',
  'no such number': 'there is no such number',
  loop: 'the number leads back to this server',
  'no line': 'there was no telephone line',
  USER_UNAVAILABLE: 'nobody answered',
  USER_REJECTED: 'was busy, or declined',
  SIP_TRUNK_FAILURE: 'the telephone line failed',
};
const why = (word: string) =>
  WHY[word] ?? WHY[word.toUpperCase()] ?? word.replaceAll('_', ' ').toLowerCase();
const because = (word: string) => (word ? `: ${why(word)}` : '');

const ORIGINS = {
  page: 'on the page',
  api: 'by the API',
  rule: 'by a rule',
  embed: 'on another site',
};
const SENDERS = {
  token: 'with the token',
  api: 'by the API',
  rule: 'by a rule',
  agent: 'by an agent',
  page: 'on the page',
  share: 'by a rule’s share',
  watcher: 'by failover',
};
const ROLES = { caller: '', colleague: ' as a colleague', phone: ' by phone', other: '' };

/**
 * What happened, as a sentence without a full stop.
 * @param called the name to show for an identity
 */
export function happened(what: Happening, called: (identity: string) => string): string {
  switch (what.kind) {
    case 'requested':
      return `${agentCalled(what.agent) || 'A call'} requested, ${what.deployment}, ${ORIGINS[what.origin]}`;
    case 'token_minted':
      return `Token made in ${Math.round(what.ms)} ms`;
    case 'room_started':
      return 'Room opened';
    case 'room_finished':
      return 'Room closed';
    case 'dispatched':
      return `${agentCalled(what.agent)} dispatched, ${what.deployment}, ${SENDERS[what.by]}`;
    case 'job_assigned':
      return `Worker ${what.worker} took the job for ${agentCalled(what.agent)}`;
    case 'job_refused':
      return `Worker ${what.worker} did not take the job for ${agentCalled(what.agent)}${because(what.reason)}`;
    case 'agent_joined':
      return `${agentCalled(what.agent)} joined, ${what.deployment}${what.worker ? `, worker ${what.worker}` : ''}`;
    case 'first_audio':
      return `First sound of ${agentCalled(what.agent)}`;
    case 'person_joined':
      return `${what.name || what.identity} joined${ROLES[what.role]}`;
    case 'person_left':
      return `${called(what.identity)} left${because(what.why)}`;
    case 'turn':
      return `${what.by}: ${what.text}`;
    case 'tool':
      return what.label ?? what.tool;
    case 'missed_words':
      return `${called(what.identity)} understood none of ${(what.ms / 1_000).toFixed(1)} s of speech${what.offered ? ' and offered typing' : ''}`;
    case 'agent_state':
      return `${called(what.identity)} is ${what.state}`;
    case 'connection':
      return what.state === 'reconnecting'
        ? `${called(what.identity)} lost the connection`
        : `${called(what.identity)} is connected again`;
    case 'error':
      return `Error in ${what.where}: ${what.message}`;
    case 'handed_over':
      return `${agentCalled(what.from)} handed over to ${agentCalled(what.to)}`;
    case 'outcome':
      return `Outcome: ${what.outcome}`;
    case 'agent_left':
      return `${agentCalled(what.agent)} left${because(what.why)}`;
    case 'failover':
      return `${agentCalled(what.agent)} is replaced, attempt ${what.attempt}: ${what.reason}`;
    case 'gave_up':
      return `Nobody could take the place of ${agentCalled(what.agent)}: ${what.reason}`;
    case 'put_through':
      return `Connected after ${Math.round(what.ms / 1_000)} s in the queue`;
    case 'recording':
      return what.endedAt === undefined ? 'Recording begins' : 'Recording ends';
    case 'ended':
      return `Ended${because(what.why)}${what.reason ? `, “${what.reason}”` : ''}`;
  }
}

/** Who told it: "web", "LiveKit", "worker w-1". */
export function sourceCalled(source: string): string {
  if (source === 'livekit') return 'LiveKit';
  return source.replace(':', ' ');
}
