// What is said where more than the caller and one agent are in a call: who is there, calling an agent
// back, inviting a colleague, and joining by an invitation.
import type { Takeover } from '@/lib/livekit/attributes';

/** Names of those who gave none, and what each kind of person is. */
export const people = {
  agent: 'Agent',
  caller: 'Caller',
  colleague: 'Colleague',
  roles: { caller: 'caller', colleague: 'colleague' },
  others: 'Also in the call',
  speaking: 'speaking',
  /** A name as it stands in a sentence. */
  inSentence: (name: string) =>
    name === 'Caller' ? 'the caller' : name === 'Colleague' ? 'your colleague' : name,
} as const;

export const callBack = {
  button: (person: string) => `Call ${person} back`,
  asking: (person: string) => `Calling ${person}…`,
  failed: (person: string) => `${person} could not be called back.`,
} as const;

export const invite = {
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
    leave: (person: string) => `When they join, ${person} says goodbye and leaves.`,
    stay: (person: string) => `When they join, ${person} stays, silent until called by name.`,
  } satisfies Record<Takeover, (person: string) => string>,
} as const;

export const join = {
  title: 'You are invited to a call',
  withAgent: (person: string, role: string) =>
    `Somebody who is talking with ${person}, ${role}, asks you to join.`,
  withNobody: 'Somebody asks you to join their call.',
  takeover: {
    leave: (person: string) => `${person} says goodbye and leaves when you come.`,
    stay: (person: string) => `${person} stays, and is silent until called by name.`,
  } satisfies Record<Takeover, (person: string) => string>,
  name: 'Your name',
  nameHint: 'The others see it.',
  nameMissing: 'Enter your name first.',
  button: 'Join call',
  fine: 'Your microphone opens when you join. The invitation works once, until',
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
      title: 'There is no such invitation',
      body: 'Check that the whole link was copied, or ask for another one.',
    },
    'room-over': {
      title: 'This call is over',
      body: 'It ended before you came.',
    },
    unreachable: {
      title: 'The call server does not answer',
      body: 'It is not known whether the call is still in progress. Try again in a moment.',
    },
  },
} as const;
