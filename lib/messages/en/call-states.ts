// Messages for the states of a call: the status line, notices, how it ended, and microphone problems.
// Each message claims only what its state observed.
import { appConfig } from '@/app-config';
import type { JoinCode } from '@/lib/call/join-state';
import type { MicProblem } from '@/lib/call/mic-problem';
import type { PageEnd } from '@/lib/call/page-end';

const connecting = 'Connecting…';
const waiting = 'Connected! Waiting for agent to join...';
const nobody = 'Nobody else is here';
const lost = 'Agent lost';

/** The status line. */
export const status: Record<JoinCode, string> = {
  queued: 'All agents are busy',
  connecting,
  slow: connecting,
  waiting,
  late: waiting,
  joined: 'Agent connected! Start speaking...',
  listening: 'Listening',
  thinking: 'Thinking',
  speaking: 'Speaking',
  unanswered: 'No answer yet',
  leaving: 'Said goodbye',
  'agent-left': nobody,
  'with-people': 'Together in the call',
  alone: nobody,
  moving: 'Moving to another room…',
  'move-failed': 'Not connected',
  reconnecting: 'Reconnecting…',
  offline: 'You are offline',
  'server-lost': 'Connection lost. Reconnecting…',
  replacing: 'Reconnecting the agent…',
  'gave-up': lost,
  'nobody-came': 'No agent came',
  'agent-quiet': 'No sign of the agent',
  'agent-lost': lost,
  'agent-removed': 'Agent removed',
  'agent-shutdown': 'Agent had to leave',
  'agent-error': 'Agent failed',
  ended: 'Call ended',
};

/** The status when the caller is with other people only. */
export const withPeople = (names: string) => `You are with ${names}`;

interface Notice {
  readonly title: string;
  readonly body: string;
}

/** Notices about problems, and what happens next. */
export const notices: Partial<Record<JoinCode, (person: string) => Notice>> = {
  slow: () => ({
    title: 'Connecting takes longer than usual',
    body: 'The server has not responded yet. Connecting continues automatically.',
  }),
  'server-lost': () => ({
    title: 'The connection to the server is lost',
    body: 'It is restored automatically. Your transcript stays.',
  }),
  offline: () => ({
    title: 'This device is offline',
    body: 'The call continues automatically when the network is back. Your transcript stays.',
  }),
  'with-people': (person) => ({
    title: person ? `${person} has left` : 'No agent is here',
    body: 'What you say now is not transcribed.',
  }),
  'agent-left': (person) => ({
    title: `${person} has left`,
    body: `The line is still open. You can call ${person} back.`,
  }),
  alone: () => ({
    title: 'You are alone in this call',
    body: 'The line is still open: you can wait, or leave.',
  }),
  'move-failed': () => ({
    title: 'The other room could not be joined',
    body: 'You are not connected to anybody now. Your transcript stays.',
  }),
  replacing: (person) => ({
    title: `${person} was cut off`,
    body: `Another ${person} was called and has not joined yet. Your transcript stays.`,
  }),
  'gave-up': (person) => ({
    title: `${person} was lost`,
    body: `No replacement for ${person} joined. The line is still open, and your transcript stays.`,
  }),
  'nobody-came': (person) => ({
    title: `${person} did not come`,
    body: `No replacement for ${person} joined either. The line is still open.`,
  }),
  unanswered: (person) => ({
    title: `${person} has not answered`,
    body: 'Please say it again.',
  }),
  'agent-quiet': (person) => ({
    title: `No sign of ${person}`,
    body: `Nothing has come from ${person} for a few seconds. The call goes on if ${person} comes back.`,
  }),
  'agent-lost': (person) => ({
    title: `${person} was lost`,
    body: `${person} dropped out of the call without saying goodbye. The line is still open.`,
  }),
  'agent-removed': (person) => ({
    title: `${person} was removed`,
    body: `Somebody removed ${person} from this call. The line is still open.`,
  }),
  'agent-shutdown': (person) => ({
    title: `${person} had to leave`,
    body: `${person} was asked to leave this call. A new call reaches whoever is on now.`,
  }),
  'agent-error': (person) => ({
    title: `${person} could not go on`,
    body: 'Something failed on the agent’s side. A new call starts afresh.',
  }),
};

/** An error of the page's own code. */
export const pageError = 'This page ran into an error. Reload it and try again.';

/** How the call ended. */
export const ends: Record<PageEnd, (person: string) => Notice> = {
  left: () => ({
    title: 'You ended the call',
    body: 'The line is closed and your microphone is off.',
  }),
  'left-queue': (person) => ({
    title: 'You left the queue',
    body: `${person} was not called, and your microphone is off.`,
  }),
  goodbye: (person) => ({ title: `${person} said goodbye`, body: 'The call is over.' }),
  'time-up': () => ({
    title: 'The time was up',
    body: 'Calls without signing in end after a set time. You can call again.',
  }),
  shutdown: (person) => ({
    title: `${person} had to leave`,
    body: `${person} was asked to leave. You can call again.`,
  }),
  error: (person) => ({
    title: `${person} could not go on`,
    body: 'Something failed on the agent’s side.',
  }),
  closed: () => ({ title: 'The call was ended', body: 'It was ended for everyone.' }),
  removed: () => ({ title: 'You were removed', body: 'Somebody removed you from the call.' }),
  'joined-elsewhere': () => ({
    title: 'The call moved elsewhere',
    body: 'This call was joined from another place under the same name.',
  }),
  'other-tab': () => ({
    title: 'The call moved elsewhere',
    body: 'You started a call in another tab, so that the two do not talk over each other.',
  }),
  interrupted: () => ({
    title: 'Your call was interrupted',
    body: 'This page was reloaded during the call.',
  }),
  'server-shutdown': () => ({
    title: 'The server was shut down',
    body: 'This ended the call.',
  }),
  'server-lost': () => ({
    title: 'The connection was lost',
    body: 'The server could not be reached again.',
  }),
  refused: () => ({ title: 'The call could not start', body: 'The server refused it.' }),
  unreachable: () => ({
    title: 'The call could not start',
    body: 'The server cannot be reached from this browser.',
  }),
  'no-network': () => ({
    title: 'The call could not start',
    body: 'Calls need a network, also to this machine. Connect to one, and start Callboard again.',
  }),
  'page-error': () => ({ title: 'The call could not start', body: pageError }),
};

const orType = appConfig.features.chat ? ' You can also type.' : '';

/** Why there is no microphone, and what to do. */
export const mics: Record<MicProblem, Notice> = {
  blocked: {
    title: 'The microphone is blocked',
    body: `Allow it in the address bar of your browser, and in the settings of this device, then try again.${orType}`,
  },
  'in-use': {
    title: 'The microphone could not be opened',
    body: `Another program may be using it. Close that program and try again.${orType}`,
  },
  none: {
    title: 'No microphone found',
    body: `Plug one in and try again.${orType}`,
  },
  insecure: {
    title: 'This page may not use a microphone',
    body: `Browsers allow it only on https:// addresses or localhost.${orType}`,
  },
  withheld: {
    title: 'This page may not use a microphone',
    body: `The website or the settings of your browser do not allow it.${orType}`,
  },
  lost: {
    title: 'The microphone is gone',
    body: `It was unplugged or switched off. Choose another one and try again.${orType}`,
  },
  unknown: {
    title: 'The microphone did not start',
    body: `Your browser gave no reason. Try again.${orType}`,
  },
};
