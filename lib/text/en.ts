// Everything people read on the page, in English, with `en-states.ts`, which has what is said of a
// call's states, `en-people.ts`, which has what is said among several, and `en-line.ts`, which has what
// is said to who waits. Another language is other files of this shape.
// Plain, short, from the caller's side; never a claim that was not observed.
import type { Cut } from '@/lib/call/line';
import type { Divider } from '@/lib/call/passages';
import type { ToolOutcome } from '@/lib/signals';
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
    call: 'Call',
    calls: 'Calls',
    agents: 'Agents',
    doctor: 'Doctor',
    settings: 'Settings',
  },
  rehearsal: (deployment: string) => `Rehearsal: this call goes to the ${deployment} deployment`,
  agentsOn: (count: number) => (count === 1 ? '1 agent on' : `${count} agents on`),
  light: { checking: '…', live: 'live', off: 'off', busy: 'busy', unknown: '?' },
  lightLabel: {
    checking: 'being checked',
    live: undefined,
    off: undefined,
    busy: undefined,
    unknown: 'not known',
  },
  start: {
    title: 'Who would you like to speak to?',
    lead: 'Press the button and talk. You will see when the agent is on its way, when it listens, and what it understood.',
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
    unreachable: 'The server does not answer: who is on cannot be told.',
    staging: (deployment: string) => `Calls go to ${deployment}.`,
    change: 'Change in Settings',
    failed: 'The call could not be opened. Check your connection and try again.',
  },
  elsewhere: {
    title: 'A call is open in another tab',
    body: 'Two calls at once would talk over each other.',
    here: 'End it and start here',
    cancel: 'Leave it there',
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
    title: 'Your browser holds the sound back',
    body: 'Press once to hear the agent.',
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
    empty: 'What is said will stand here, word for word.',
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
    copyFailed: 'Copying is not allowed here: use Download.',
    download: 'Download',
    joined: 'call',
    file: (agent: string, day: string) => `callboard-${agent}-${day}.txt`,
  },
  ends,
  settings: {
    title: 'Settings',
    lead: 'Kept in this browser.',
    staging: 'Staging',
    stagingHint: 'Calls go to the staging deployment, where the team rehearses.',
    captions: 'Captions',
    captionsHint: 'The agent’s words under its light while it speaks.',
    developer: 'Developer details',
    developerHint: 'Latencies, the deployment and tool timings during a call.',
    sounds: 'Sounds',
    soundsHint: 'A soft tone when somebody joins and when the call ends.',
    takeover: 'When a colleague joins',
    takeoverHint: 'What the agent does once somebody you invited is in the call.',
    takeovers: { leave: 'The agent leaves', stay: 'It stays, silent until called' },
    microphone: 'Microphone',
    speaker: 'Speaker',
    speakerHint: 'This browser always uses the system’s speaker.',
    usual: 'System default',
    gone: 'Chosen earlier, not connected now',
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
  field: { wrong: (label: string, detail: string) => `${label} ${detail}.` },
  missing: {
    title: 'Nobody is on this line',
    body: 'The page you asked for does not exist.',
    back: 'Back to the start',
  },
  crash: {
    title: 'Something broke on this page',
    body: 'If you were in a call, it has ended. Try again; if it breaks again, reload the page.',
    again: 'Try again',
  },
} as const;
