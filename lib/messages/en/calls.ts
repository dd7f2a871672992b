// Messages of History, calls in progress, exported transcripts and listening in.

import {
  type CallSummary,
  CONNECTION_LOST,
  callerName,
  type EndedBy,
  type Mark,
  type Stage,
} from '@/lib/calls/call';
import { PRODUCTION } from '@/lib/core/deployment';
import { HANDED_OFF, NO_OUTCOME } from '@/lib/core/outcome';
import { outcomeLabel } from '@/lib/messages/en/catalogue';
import { counted, listed } from '@/lib/messages/en/format';

/** Returns the display name of an agent. */
export type NameOf = (agent: string) => string;

const agentsOf = ({ agents }: CallSummary, nameOf: NameOf) =>
  listed(agents.map(nameOf)) || 'an agent';

const endings: Readonly<Record<EndedBy, string>> = {
  caller: 'ended by the caller',
  agent: 'ended by the agent',
  server: 'ended by the server',
  'no agent': 'no agent joined',
  'agent failed': 'the agent failed',
  lost: 'ending unknown',
};

const isCutOff = ({ endedBy, endReason }: CallSummary) =>
  endedBy === 'caller' && endReason === CONNECTION_LOST;

/** How a call ended; empty while it is in progress. */
const ended = (call: CallSummary): string => {
  if (isCutOff(call)) return 'the caller’s connection was lost';
  return call.endedBy ? endings[call.endedBy] : '';
};

function endTitle(call: CallSummary, nameOf: NameOf): string {
  if (isCutOff(call)) return `The connection of ${callerName(call) ?? 'the caller'} was lost`;
  const agents = agentsOf(call, nameOf);
  switch (call.endedBy) {
    case 'caller':
      return `${callerName(call) ?? 'The caller'} ended the call`;
    case 'agent':
      return `${agents} said goodbye`;
    case 'server':
      return 'The call was ended on the server';
    case 'no agent':
      return `${agents} did not join`;
    case 'agent failed':
      return `${agents} failed`;
    case 'lost':
      return 'The call was lost';
    case undefined:
      return call.joinedAt === undefined ? `Waiting for ${agents}` : `In a call with ${agents}`;
  }
}

/** The title of a call: its outcome, or how it ended. */
export function callTitle(call: CallSummary, nameOf: NameOf): string {
  const agent = nameOf(call.agents[0] ?? '') || 'The agent';
  if (call.endedAt === undefined || call.outcome === NO_OUTCOME) return endTitle(call, nameOf);
  if (call.outcome !== HANDED_OFF) return `${agent}: ${outcomeLabel(call.outcome)}`;
  return call.agents.length > 1
    ? `${agent} handed off to ${listed(call.agents.slice(1).map(nameOf))}`
    : `${agent} handed the caller off`;
}

/** Texts of exported transcripts. */
export const exportText = {
  interrupted: 'interrupted',
  tool: ({ label, tool, from, to, failed }: Extract<Mark, { kind: 'tool' }>) =>
    `${label ?? tool}, ${failed ? 'failed after ' : ''}${Math.round(to - from)} ms`,
  title: (call: CallSummary, nameOf: NameOf) => {
    const where = call.deployments.filter((name) => name !== PRODUCTION);
    return `Callboard: ${callerName(call) ?? 'a caller'} with ${agentsOf(call, nameOf)}${where.length > 0 ? ` (${listed(where)})` : ''}`;
  },
  end: (call: CallSummary) => ended(call) || 'not over yet',
} as const;

export const callsText = {
  title: 'History',
  lead: 'Calls in progress and past calls.',
  endings,
  ended,
  who: (call: CallSummary, nameOf: NameOf) =>
    `${callerName(call) ?? (call.origin === 'page' || call.origin === 'embed' ? 'Browser caller' : 'Unknown caller')} → ${agentsOf(call, nameOf)}`,
  turns: (count: number) => (count === 0 ? 'no transcript' : counted(count, 'turn')),
  errors: (count: number) => counted(count, 'error'),
  answers: (ms: number) => `answers in ${Math.round(ms)} ms`,
  ms: (ms: number) => `${Math.round(ms).toLocaleString('en-GB')} ms`,
  length: 'Length',
  live: {
    title: 'In progress',
    none: 'No calls in progress.',
    unknown: 'Loading…',
    coming: 'waiting for agent',
    states: {
      initializing: 'getting ready',
      idle: 'idle',
      listening: 'listening',
      thinking: 'thinking',
      speaking: 'speaking',
    } as Readonly<Record<string, string>>,
    here: 'agent connected',
    end: 'End call',
    endOf: (who: string) => `End call: ${who}`,
    ask: (who: string) => `End this call for everyone? ${who}`,
    reason: 'Reason, shown to the caller (optional)',
    yes: 'End call for everyone',
    no: 'Cancel',
    ending: 'Ending…',
    failed: 'The call could not be ended',
  },
  history: {
    title: 'Past calls',
    list: 'Past calls',
    export: 'Export (JSONL)',
    older: 'Show older calls',
    loading: 'Loading…',
    fresh: (count: number) => counted(count, 'new call'),
    count: (count: number, more: boolean) =>
      more ? `First ${counted(count, 'call')}` : counted(count, 'call'),
  },
  empty: {
    title: 'No calls yet',
    body: 'Every call appears here with its transcript and timeline, from the click to the goodbye. Make the first one: all you need is a microphone.',
    start: 'Make a call',
    api: 'Calls from other apps and phone numbers appear here too.',
  },
  nothing: {
    title: 'No matching calls',
    body: (names: readonly string[]) =>
      names.length === 1
        ? `No calls match this filter: ${names[0]}. Change it, or show all calls.`
        : `No calls match all of these filters: ${listed(names)}. Remove one, or show all calls.`,
    words: 'The search looks for words as they were transcribed: try a single or a shorter word.',
    all: 'Show all calls',
  },
  away: {
    title: 'Calls could not be loaded',
    body: 'Calls in progress are not affected.',
    again: 'Try again',
  },
  filter: {
    label: 'Filter',
    more: 'Filters',
    text: 'Words said',
    agent: 'Agent',
    deployment: 'Deployment',
    outcome: 'Outcome',
    ended_by: 'How it ended',
    test: 'Test calls',
    tests: { false: 'Hide', true: 'Only test calls' } as Readonly<Record<string, string>>,
    within: 'When',
    from: 'From',
    to: 'Until',
    any: 'Any',
    anyTime: 'Any time',
    times: {
      '1h': 'Last hour',
      '24h': 'Last 24 hours',
      '7d': 'Last 7 days',
      '30d': 'Last 30 days',
      range: 'Between…',
    } as Readonly<Record<string, string>>,
    clear: 'Clear',
    agentOption: (name: string, person: string) => `${person} (${name})`,
  },
} as const;

/** Names of the stages of the setup. */
export const stageNames: Readonly<Record<Stage['name'], string>> = {
  token: 'Token',
  room: 'Room',
  dispatch: 'Dispatch',
  job: 'Job taken',
  join: 'Agent joins',
  'first audio': 'First voice',
};

export const whisperText = {
  label: 'Whisper to the agent',
  send: 'Whisper',
  hint: 'The caller does not hear it. An agent with a language model follows it in its next reply.',
  sent: 'Sent. The agent follows it in its next reply, if it has a language model.',
  failed: 'Not sent',
} as const;

export const listenText = {
  start: 'Listen in',
  startOf: (who: string) => `Listen in: ${who}`,
  stop: 'Stop listening',
  stopOf: (who: string) => `Stop listening: ${who}`,
  /** What the people in the call are told. */
  hint: (shown: boolean) =>
    shown
      ? 'People in the call see that somebody is listening.'
      : 'Nobody is notified automatically. Check that you are allowed to listen.',
  hintFor: (action: string, shown: boolean) =>
    shown
      ? `${action}: people in the call see that somebody is listening.`
      : `${action}: nobody is notified automatically. Check that you are allowed to listen.`,
  connecting: 'Connecting…',
  on: 'You are listening.',
  nobody: 'This call is empty.',
  lost: 'Connection lost. The call may still be in progress: listen in again.',
  failed: 'You cannot listen to this call now',
} as const;
