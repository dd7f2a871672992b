// Messages of the parts that every page shares, the start page, the call and the settings.
// Plain, short, from the caller’s side. A message claims only what was observed.

import { appConfig } from '@/app-config';
import type { Divider } from '@/lib/call/dividers';
import type { Cut } from '@/lib/call/line';
import type { Talk } from '@/lib/call/settings';
import type { Takeover } from '@/lib/livekit/attributes';
import { ends, mics, notices, pageError, status, withPeople } from '@/lib/messages/en/call-states';

/** @param position in the queue, from 1 */
const before = (position: number) => {
  const count = position - 1;
  if (count === 0) return 'You are next';
  return count === 1 ? '1 person is ahead of you' : `${count} people are ahead of you`;
};

const own = appConfig.texts?.en ?? {};

export const text = {
  description:
    own.description ??
    'Talk to a voice agent, and see when it is on its way, listening and speaking.',
  skip: 'Skip to content',
  nav: {
    label: 'Main',
    call: 'New call',
    calls: 'History',
    agents: 'Agents',
    doctor: 'Doctor',
    settings: 'Settings',
    signIn: 'Sign in',
  },
  stagingBanner: (deployment: string) => `Staging: this call uses the ${deployment} deployment`,
  agentsOn: (count: number) => (count === 1 ? '1 agent on' : `${count} agents on`),
  light: {
    checking: '…',
    live: 'live',
    off: 'off',
    busy: 'busy',
    unreported: 'does not report',
    unknown: '?',
  },
  lightLabel: {
    checking: 'being checked',
    live: undefined,
    off: undefined,
    busy: undefined,
    unreported: undefined,
    unknown: 'unknown',
  },
  start: {
    title: own.title ?? 'Who would you like to speak to?',
    lead:
      own.lead ??
      'Press the button and talk. You will see when the agent joins, when it listens, and what it understood.',
    agent: 'Agent',
    button: own.button ?? 'Start call',
    dialling: 'Connecting…',
    /** What happens to the microphone. */
    microphone: {
      open: 'Your microphone opens when the call starts.',
      push: 'You are heard while you hold the button or the space bar.',
      text: 'Your microphone stays off, and you type.',
    } satisfies Record<Talk, string>,
    fine: (recorded: boolean, monitored: boolean) =>
      `The sound is ${recorded ? 'recorded' : 'not recorded'}.${monitored ? ' This call may be monitored.' : ''}`,
    board: 'On call now',
    noAgents: 'There is no agent to call yet.',
    addAgent: 'Add one on the Agents page.',
    unknownAgent: (name: string) => `There is no agent “${name}”. Choose one from the board.`,
    unknownDeployment: (name: string, person: string) =>
      `${person} has no deployment “${name}”. Calls go to production.`,
    nobody: (person: string, deployment: string) =>
      `${person} is off on ${deployment} right now. You can still call and wait.`,
    unreachable: 'The server is not responding, so it is unknown which agents are available.',
    staging: (deployment: string) => `Calls go to ${deployment}.`,
    change: 'Change in Settings',
    privacy: 'Privacy',
    failed: 'The call could not start. Check your connection and try again.',
    unsupported:
      'This browser cannot make calls: WebRTC is missing or turned off. Turn it on, or use another browser.',
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
  pageError,
  unreachable: 'The server is not responding.',
  people: {
    agent: 'Agent',
    caller: 'Caller',
    colleague: 'Colleague',
    roles: { caller: 'caller', colleague: 'colleague' },
    others: 'Also in the call',
    speaking: 'speaking',
    /** The name within a sentence. */
    inSentence: (name: string) =>
      name === 'Caller' ? 'the caller' : name === 'Colleague' ? 'your colleague' : name,
  },
  callBack: {
    button: (person: string) => `Call ${person} back`,
    asking: (person: string) => `Calling ${person}…`,
    failed: (person: string) => `${person} could not be called back.`,
  },
  invite: {
    button: 'Invite',
    title: 'Invite a colleague',
    making: 'Creating a link…',
    failed: 'The link could not be created.',
    again: 'Try again',
    link: 'Invitation link',
    copy: 'Copy link',
    copied: 'Copied',
    copyFailed: 'Copying is not allowed here: select the link and copy it.',
    share: 'Share…',
    shareText: 'Join my call',
    valid: 'It works once, until',
    close: 'Close',
    takeover: {
      leave: (person: string) => `When they join, ${person} leaves.`,
      /** `named`: whether it answers when it is called by name. */
      stay: (person: string, named: boolean) =>
        named
          ? `When they join, ${person} stays, silent until called by name.`
          : `When they join, ${person} stays, and hears nothing that is said until they have left.`,
    } satisfies Record<Takeover, (person: string, named: boolean) => string>,
  },
  join: {
    title: 'You are invited to a call',
    withAgent: (person: string, role: string) =>
      `Somebody in a call with ${person}${role && `, ${role},`} invites you to join.`,
    withNobody: 'Somebody invites you to join their call.',
    takeover: {
      leave: (person: string) => `${person} leaves when you join.`,
      stay: (person: string, named: boolean) =>
        named
          ? `${person} stays, and is silent until called by name.`
          : `${person} stays, and hears nothing that is said until you leave.`,
    } satisfies Record<Takeover, (person: string, named: boolean) => string>,
    name: 'Your name',
    nameHint: 'The others see it.',
    nameMissing: 'Enter your name first.',
    button: 'Join call',
    fine: 'The invitation works once, until',
    busy: 'You are in a call already',
    busyBody: 'End it first: two calls at once would talk over each other.',
    toCall: 'Back to the call',
    toStart: 'To the start page',
    left: {
      title: 'You left the call',
      body: 'Your microphone is off. The others may go on talking.',
    },
    again: 'Back to the invitation',
    closed: {
      'invitation-used': {
        title: 'This invitation was used',
        body: 'It lets one person in, once. Ask for another one.',
      },
      'invitation-expired': {
        title: 'This invitation has expired',
        body: 'Invitations are valid for 15 minutes. Ask for another one.',
      },
      'unknown-invitation': {
        title: 'Unknown invitation',
        body: 'Check that the whole link was copied, or ask for another one.',
      },
      'room-over': {
        title: 'This call is over',
        body: 'It ended before you joined.',
      },
      unreachable: {
        title: 'The call server is not responding',
        body: 'It is not known whether the call is still in progress. Try again in a moment.',
      },
    },
  },
  interrupted: { stillOpen: 'The call is still open', back: 'Return to the call' },
  late: (person: string) => ({
    title: `${person} is not on the line yet`,
    agent: 'Agent',
    deployment: 'Deployment',
    keep: 'Keep waiting',
    again: 'Try again',
  }),
  queue: {
    label: 'Your position in the queue',
    /** Below the position. */
    unit: 'in the queue',
    before,
    body: (person: string) =>
      `You are connected to ${person} automatically when it is your turn. Keep this page open.`,
    leave: 'Leave the queue',
  },
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
  video: {
    of: (person: string) => `Video of ${person}`,
    ownCamera: 'Your camera',
    ownScreen: 'Your screen',
    camera: 'Camera',
    screen: 'Share screen',
    problem: {
      PermissionDenied: 'Your browser blocks the camera. Allow it for this site and try again.',
      NotFound: 'No camera was found. Connect one and try again.',
      DeviceInUse: 'Another program uses the camera. Close it and try again.',
      Other: 'The video could not be started. Try again.',
    },
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
    turnOnMic: 'Turn on mic',
    holdToTalk: 'Hold to talk',
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
    emptyAfter: 'No transcript.',
    answersIn: (ms: number) => `answers in ${ms} ms`,
    you: 'You',
    cut: { interrupted: 'interrupted', lost: 'cut off' } satisfies Record<Cut, string>,
    typed: 'typed',
    pressed: 'pressed',
    ms: (ms: number) => `${Math.round(ms)} ms`,
    answered: (ms: number) => `Answered after ${Math.round(ms)} milliseconds`,
    latest: 'Latest',
    console: 'Console',
    tool: { args: 'Arguments', result: 'Result', failed: 'failed' },
    divider: (divider: Divider) => {
      switch (divider.what) {
        case 'joined':
          return `${divider.name} joined`;
        case 'left':
          return `${divider.name} left`;
        case 'handoff':
          return `${divider.from} handed off to ${divider.to}`;
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
    mayNotRead: (person: string) => `It is not known whether ${person} reads messages.`,
  },
  after: {
    lasted: 'Length',
    agent: 'Agent',
    deployment: 'Deployment',
    again: (person: string) => `Call ${person} again`,
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
    rules: {
      group: 'Server',
      label: 'Rules',
      hint: 'Which agents are sent into which rooms. Applies to everyone.',
    },
    title: 'Settings',
    lead: 'Kept in this browser.',
    staging: 'Staging',
    stagingHint: 'Calls go to the staging deployment, where the team tests new versions.',
    captions: 'Captions',
    captionsHint: 'Shows what the agent says while it speaks.',
    developer: 'Developer details',
    developerHint: 'Latencies, the deployment and tool timings during a call.',
    sounds: 'Sounds',
    soundsHint: 'A soft tone when somebody joins and when the call ends.',
    takeover: 'When a colleague joins',
    takeoverHint: 'What the agent does when a colleague you invited joins.',
    takeovers: { leave: 'The agent leaves', stay: 'It stays, silent until called by name' },
    talk: 'How you talk',
    talkHint: 'With push to talk, you are heard while you hold the button or the space bar.',
    talks: {
      open: 'Open microphone',
      push: 'Push to talk',
      text: 'Text only',
    } satisfies Record<Talk, string>,
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
  /** A detail that starts with a capital letter is a full sentence. */
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
    body: 'Try again, or reload the page.',
    again: 'Try again',
    inCall: 'Your call goes on. Go back to it, or end it here.',
    back: 'Back to the call',
    end: 'End call',
  },
} as const;

export const languageText = {
  label: 'Language',
  hint: 'The language of these pages. The built-in agents speak English only.',
  /** The browser’s language. */
  own: 'Automatic',
  /** Shown before a call. Empty if the built-in agents speak the language of the page. */
  spoken: '',
} as const;

/** By the type of the problem document; `minutes` is Retry-After, at least 1. */
export const limitText: Record<
  'too-many-calls' | 'in-another-call' | 'day-used-up',
  (minutes: number) => string
> = {
  'too-many-calls': (minutes) =>
    `There are too many calls at the moment. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  'in-another-call': () =>
    'You are in a call already, in another window or on another device. Hang up there first; a dropped call ends automatically within half a minute.',
  'day-used-up': () => 'No more calls can be taken today. Try again tomorrow.',
};

export const embedText = {
  title: (person: string) => `Talk to ${person}`,
  nobody: 'There is nobody to call here',
  nobodyHint: (agent: string) => `The script tag names “${agent}”, and there is no such agent.`,
} as const;
