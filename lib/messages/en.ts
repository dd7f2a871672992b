// Everything people read on the page, in English, with `en-states.ts`, which has what is said of a
// call's states, `en-people.ts`, which has what is said among several, and `en-line.ts`, which has what
// is said to who waits. Another language is other files of this shape.
// Plain, short, from the caller's side; never a claim that was not observed.
import type { Cut } from '@/lib/call/line';
import type { Divider } from '@/lib/call/passages';
import type { ToolOutcome } from '@/lib/livekit/attributes';
import { line } from './en-line';
import { callBack, invite, join, people } from './en-people';
import { ends, mics, notices, status, withPeople } from './en-states';

/** All texts. */
export const text = {
  brand: 'Callboard',
  description: 'Talk to a voice agent, and see when it is on its way, listening and speaking.',
  skip: 'Skip to content',
  nav: {
    label: 'Main',
    call: 'New call',
    calls: 'History',
    agents: 'Agents',
    doctor: 'Doctor',
    settings: 'Settings',
  },
  rehearsal: (deployment: string) => `Staging: this call uses the ${deployment} deployment`,
  agentsOn: (count: number) => (count === 1 ? '1 agent on' : `${count} agents on`),
  light: { checking: '…', live: 'live', off: 'off', busy: 'busy', unknown: '?' },
  lightLabel: {
    checking: 'being checked',
    live: undefined,
    off: undefined,
    busy: undefined,
    unknown: 'unknown',
  },
  start: {
    title: 'Who would you like to speak to?',
    lead: 'Press the button and talk. You will see when the agent joins, when it listens, and what it understood.',
    agent: 'Agent',
    button: 'Start call',
    dialling: 'Connecting…',
    fine: (recorded: boolean, monitored: boolean) =>
      `Your microphone opens when you start. The sound is ${recorded ? 'recorded' : 'not recorded'}.${monitored ? ' This call may be monitored.' : ''}`,
    board: 'On call now',
    unknownAgent: (name: string) => `There is no agent “${name}”. Choose one from the board.`,
    unknownDeployment: (name: string, person: string) =>
      `${person} has no deployment “${name}”. Calls go to production.`,
    nobody: (person: string, deployment: string) =>
      `${person} is off on ${deployment} right now. You can still call and wait.`,
    unreachable: 'The server is not responding, so it is unknown which agents are available.',
    staging: (deployment: string) => `Calls go to ${deployment}.`,
    change: 'Change in Settings',
    failed: 'The call could not start. Check your connection and try again.',
  },
  elsewhere: {
    title: 'A call is open in another tab',
    body: 'Two calls at once would talk over each other.',
    here: 'End it and call from here',
    cancel: 'Keep it there',
  },
  status,
  withPeople,
  notices,
  people,
  callBack,
  invite,
  join,
  interrupted: { goesOn: 'The call is still open', back: 'Return to the call' },
  late: (person: string) => ({
    title: `${person} is not on the line yet`,
    agent: 'Agent',
    deployment: 'Deployment',
    keep: 'Keep waiting',
    again: 'Try again',
  }),
  line,
  whyNobody: { link: 'Why did no agent come?', newTab: 'opens in a new tab' },
  retryMove: 'Try again',
  newCall: 'Start a new call',
  mismatch: (asked: string, reported: string) => ({
    title: 'Wrong deployment',
    body: `You asked for ${asked}, but the agent reports ${reported}.`,
  }),
  sound: {
    title: 'Your browser blocked the sound',
    body: 'Press the button to hear the agent.',
    button: 'Turn on sound',
  },
  mics,
  micRetry: 'Try microphone again',
  micText: 'Continue with text',
  chip: {
    confirmed: (deployment: string) => `${deployment} ✓`,
    confirmedLabel: (deployment: string) => `The agent reports that it runs on ${deployment}`,
    asked: (deployment: string) => deployment,
    askedLabel: (deployment: string) =>
      `Asked for ${deployment}; the agent has not said where it runs`,
    wrong: (deployment: string) => `${deployment} ✗`,
    wrongLabel: (deployment: string) => `Wrong deployment: ${deployment}`,
  },
  call: {
    title: (person: string) => `In call with ${person}`,
    untitled: 'The call',
    timer: 'Length of the call',
    recorded: 'Recorded',
    recordedLabel: 'The sound of this call is recorded',
    monitored: 'Somebody is listening in',
    backToCall: 'Back to the call',
    controls: 'Call controls',
    keypad: 'Keypad',
    closeKeypad: 'Close the keypad',
    keys: 'Keys',
    pressed: 'Pressed',
    keyFailed: 'The key did not arrive. Press it again.',
    mute: 'Mute',
    unmute: 'Unmute',
    micAsking: 'Asking…',
    noMic: 'No mic',
    microphone: 'Microphone',
    usualMicrophone: 'Default microphone',
    captions: 'Captions',
    end: 'End call',
    leave: 'Leave call',
    level: 'Your microphone level',
  },
  transcript: {
    title: 'Transcript',
    empty: 'The conversation will appear here.',
    emptyAfter: 'Nothing was said.',
    answersIn: (ms: number) => `answers in ${ms} ms`,
    you: 'You',
    cut: { interrupted: 'interrupted', lost: 'cut off' } satisfies Record<Cut, string>,
    typed: 'typed',
    pressed: 'pressed',
    ms: (ms: number) => `${Math.round(ms)} ms`,
    answered: (ms: number) => `Answered after ${Math.round(ms)} milliseconds`,
    latest: 'Latest',
    tool: { args: 'Arguments', result: 'Result', failed: 'failed' },
    divider: (divider: Divider) => {
      switch (divider.what) {
        case 'joined':
          return `${divider.name} joined`;
        case 'left':
          return `${divider.name} left`;
        case 'handover':
          return `${divider.from} handed over to ${divider.to}`;
        case 'lost':
          return `${divider.name} was lost`;
        case 'back':
          return `${divider.name} is back`;
        case 'moved':
          return 'Moved to another room';
        case 'again':
          return 'Started again';
      }
    },
  },
  message: {
    label: 'Message',
    placeholder: 'Message',
    send: 'Send',
    sending: 'Sending…',
    failed: 'Not sent. Your message is still here: try again.',
    anybody: 'somebody',
    waitForAgent: (person: string) => `You can send once ${person} is here.`,
    waitForConnection: 'You can send once you are back online.',
  },
  after: {
    lasted: 'Length',
    agent: 'Agent',
    deployment: 'Deployment',
    again: (person: string) => `Call ${person} again`,
    outcomes: { appointment: 'Appointment booked', message: 'Message taken' } satisfies Record<
      ToolOutcome,
      string
    >,
    page: 'Call details',
    other: 'Choose another agent',
    copy: 'Copy transcript',
    copied: 'Copied',
    copyFailed: 'Your browser does not allow copying here. Use Download.',
    download: 'Download',
    joined: 'call',
    file: (agent: string, day: string) => `callboard-${agent}-${day}.txt`,
  },
  ends,
  settings: {
    title: 'Settings',
    lead: 'Kept in this browser.',
    staging: 'Staging',
    stagingHint: 'Calls go to the staging deployment, where the team tests new versions.',
    captions: 'Captions',
    captionsHint: 'The agent’s words under its light while it speaks.',
    developer: 'Developer details',
    developerHint: 'Latencies, the deployment and tool timings during a call.',
    sounds: 'Sounds',
    soundsHint: 'A soft tone when somebody joins and when the call ends.',
    takeover: 'When a colleague joins',
    takeoverHint: 'What the agent does when a colleague you invited joins.',
    takeovers: { leave: 'The agent leaves', stay: 'It stays, silent until called by name' },
    microphone: 'Microphone',
    speaker: 'Speaker',
    speakerHint: 'This browser always uses the system’s speaker.',
    usual: 'System default',
    gone: 'Selected earlier, not connected',
    allow: 'Show my devices',
    allowHint: 'Browsers name devices only once the microphone is allowed.',
    testMic: 'Test microphone',
    stopTest: 'Stop test',
    testLevel: 'Level',
    testSpeaker: 'Play a tone',
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    groups: { calls: 'Calls', sound: 'Sound', look: 'Look' },
  },
  /** A detail is a sentence of its own where it begins with a capital. */
  field: {
    wrong: (label: string, detail: string) =>
      /^[A-Z]/.test(detail) ? `${detail}.` : `${label} ${detail}.`,
  },
  missing: {
    title: 'Page not found',
    body: 'The page you asked for does not exist.',
    back: 'Back to the start',
  },
  crash: {
    title: 'Something went wrong',
    body: 'If you were in a call, it has ended. Try again, or reload the page.',
    again: 'Try again',
  },
} as const;
