// Why no agent came: for each verdict what was seen, why it matters, and the one thing to do. Only what
// the evidence holds is claimed; where it does not decide, the words say what is unknown.
import type { Cause } from '@/lib/doctor/why/cause';
import { after, quote, SIGNED, type Words, who } from './en-why-words';
import { workerWhy } from './en-why-worker';

const nothing = () => '';

/** By verdict. */
export const whyText: Record<Cause, Words> = {
  ...workerWhy,
  there: {
    state: 'ok',
    seen: ({ agent }) => `${agent || 'An agent'} is in the room.`,
    matters: 'Nothing is missing.',
    todo: nothing,
  },
  came: {
    state: 'ok',
    seen: ({ agent, reason }) =>
      `${agent || 'An agent'} came to this call${reason ? ` and left later (${reason})` : ''}.`,
    matters: 'Why it is gone is another question.',
    todo: () => 'The timeline of the call shows what followed.',
    page: 'calls',
  },
  'server-unreachable': {
    state: 'fail',
    seen: () => 'The LiveKit server cannot be reached from here.',
    matters: 'Without it there is no room for an agent to join.',
    todo: () => 'Start it, or set LIVEKIT_URL to where it is.',
    page: 'doctor',
  },
  'web-secret': {
    state: 'fail',
    seen: () =>
      'The LiveKit server refuses what this process signs (401): the secret is another one.',
    matters: SIGNED,
    todo: () => 'Set LIVEKIT_API_SECRET of the web process to the server’s own.',
    page: 'doctor',
  },
  'web-key': {
    state: 'fail',
    seen: () => 'The LiveKit server does not know the API key of this process (401).',
    matters: SIGNED,
    todo: () => 'Set LIVEKIT_API_KEY and LIVEKIT_API_SECRET to a pair that the server has.',
    page: 'doctor',
  },
  'web-clock': {
    state: 'fail',
    seen: () => 'The LiveKit server refuses tokens of this process as too old or too new (401).',
    matters: 'Clocks may differ by at most 60 s.',
    todo: () => 'Set the clock of both machines by NTP.',
    page: 'doctor',
  },
  'server-refuses': {
    state: 'unknown',
    seen: () => 'The LiveKit server answers, but not with what was asked.',
    matters: 'Only the server knows what became of the call.',
    todo: () => 'Look at the server’s log.',
    page: 'doctor',
  },
  'no-room': {
    state: 'unknown',
    seen: () => 'No call and no live room of this name is known.',
    matters:
      'Names of rooms are case-sensitive, and a room that is over is known by its call alone.',
    todo: () => 'Look for the call in the list, and ask from there.',
    page: 'calls',
  },
  'caller-never-came': {
    state: 'fail',
    seen: () => 'A token was given out, and nobody joined with it: the room never began.',
    matters:
      'LiveKit dispatches the agent when the caller joins. The caller’s browser did not reach it.',
    todo: () => 'Open the doctor in the caller’s browser: it tries the way to the LiveKit server.',
    page: 'doctor',
  },
  'caller-media-blocked': {
    state: 'fail',
    seen: (about) =>
      `The caller reached the server, but in ${after(about)} no way for sound was found.`,
    matters: 'Between them UDP and TCP are blocked, so nobody is heard.',
    todo: () => 'Open the server’s UDP and TCP ports for audio, or set up TURN on port 443.',
    page: 'doctor',
  },
  'deployment-refused': {
    state: 'fail',
    seen: ({ deployment, reason }) =>
      `The LiveKit server refused the deployment’s name${deployment ? ` “${deployment}”` : ''}${reason ? `: ${reason}` : ''}.`,
    matters: 'It lets the caller in, but dispatches nobody and reports no error.',
    todo: () =>
      'Name a deployment with 1 to 63 letters, digits, “-” or “.”, a letter or digit at both ends.',
  },
  'name-in-metadata': {
    state: 'fail',
    seen: ({ agent }) => `The room’s metadata names ${agent}, but no agent was dispatched.`,
    matters: 'LiveKit reads no agent from metadata: only a dispatch sends one.',
    todo: ({ agent }) =>
      `Send it: npm run dispatch -- create ROOM --agent ${agent}, or write a rule that does.`,
    page: 'rules',
  },
  'automatic-expected': {
    state: 'fail',
    seen: ({ other }) =>
      `Only automatic dispatch was tried, and every worker has a name${other ? ` (${other})` : ''}.`,
    matters: 'A worker with an agent name gets no automatic calls: a dispatch must name it.',
    todo: () => 'Ask for the agent by name, or write a rule that sends one.',
    page: 'rules',
  },
  'token-ignored': {
    state: 'fail',
    seen: ({ agent }) => `The room was there before the token that asks for ${agent} was used.`,
    matters: 'LiveKit reads a token’s agents only when it makes the room.',
    todo: ({ agent }) =>
      `Send the agent into the room: npm run dispatch -- create ROOM --agent ${agent}.`,
  },
  'nobody-asked': {
    state: 'fail',
    seen: () => 'No agent was dispatched.',
    matters: 'An agent joins only when a token, a rule or a dispatch requests it.',
    todo: () =>
      'Ask for one by a token for a new room, a rule, or npm run dispatch -- create ROOM.',
    page: 'rules',
  },
  'on-its-way': {
    state: 'unknown',
    seen: (about) => `${who(about)} was asked for ${after(about)} ago and may still come.`,
    matters: 'LiveKit may take 5 s to find out who serves a name.',
    todo: () => 'Ask again in some seconds.',
  },
  'long-ago': {
    state: 'unknown',
    seen: (about) =>
      `${who(about)} was asked for ${Math.round((about.seconds ?? 0) / 60)} min ago and did not come${quote(about)}.`,
    matters: 'The state of the workers now says nothing about then.',
    todo: () =>
      'Look in the logs of worker and LiveKit server at that time; examine everything as it is now.',
    page: 'doctor',
  },
  unknown: {
    state: 'unknown',
    seen: (about) =>
      about.agent
        ? `${who(about)} was asked for and did not come${quote(about)}. Its workers report that they are well.`
        : 'The events of this call do not show it.',
    matters: 'The server says only in its own log why no worker got the call.',
    todo: () => 'Look in the LiveKit server’s log for “failed to send job request” at that time.',
    page: 'agents',
  },
};
