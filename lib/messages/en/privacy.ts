// Messages of the privacy page for callers, and of the page with all data about one caller.

import type { Masked } from '@/lib/core/masked';
import type { Kept } from '@/lib/privacy/kept';
import { counted, listed } from './format';

const days = (count: number) =>
  count === 0 ? 'until somebody deletes it' : count === 1 ? 'for one day' : `for ${count} days`;
const MASKED: Readonly<Record<Masked, string>> = {
  email: 'e-mail addresses',
  phone: 'telephone numbers',
  card: 'card numbers',
};

/** The page for callers. Each section: a heading, and paragraphs. */
export const privacyText = {
  title: 'Privacy',
  lead: 'What is kept of a call here, for how long, and whom you can ask.',
  sections: (kept: Kept) => [
    {
      title: 'What is kept',
      body: [
        'Of each call: when it was, with which agent, the words that you and the agent said or typed, what the agent did for you, and what went wrong. Your name or number, if you gave one, and the number that you phoned from.',
        kept.masked.length > 0
          ? `What is recognised in the transcript as ${listed(kept.masked.map((one) => MASKED[one]))} is left out of it.`
          : 'Numbers and addresses that you say are in the transcript.',
        kept.recorded
          ? `The sound of calls is recorded. The agent says so first, and a red lamp shows it. A recording is kept ${days(kept.recordingDays)}, and never longer than its call.`
          : 'The sound of calls is not recorded.',
        kept.recorded && kept.masked.length > 0
          ? 'A recording has all that was said, also what is left out of the transcript.'
          : '',
        kept.letta
          ? 'Some agents remember you from call to call; what they remember is deleted as calls are.'
          : '',
        kept.signIn
          ? 'Of whoever signs in: their name and e-mail address, and from where and with which browser they are signed in. A cookie keeps them signed in.'
          : '',
      ].filter(Boolean),
    },
    {
      title: 'For how long',
      body: [`A call is kept ${days(kept.callDays)}, then it is deleted with everything of it.`],
    },
    {
      title: 'In your browser',
      body: [
        'A random number that says nothing about you, by which this server knows your browser again; your choices in the settings; and a cookie with the language, if you chose one. No other site is told of you.',
        kept.letta
          ? 'A second number, in a cookie, by which agents that remember you know you again.'
          : '',
      ].filter(Boolean),
    },
    {
      title: 'Who hears it',
      body: [
        kept.othersHear
          ? 'Speech and answers are made with the help of other servers, which get what is said for that.'
          : 'Speech and answers are made on the machines of whoever runs this server.',
        kept.listenersShown
          ? 'Whoever runs this server can read calls, and listen to one that is on. The page of the call shows that somebody is listening.'
          : 'Whoever runs this server can read calls, and listen to one that is on.',
      ],
    },
    {
      title: 'Your data',
      body: [
        kept.contact
          ? `To get everything that is kept of you, or to have it deleted, ask: ${kept.contact}`
          : 'To get everything that is kept of you, or to have it deleted, ask whoever gave you this address.',
        'Say when you called: without your name a call is found by its time.',
      ],
    },
  ],
};

/** The page of one caller. */
export const callerText = {
  title: 'All data about this caller',
  lead: 'All calls from the same browser, phone number or identity. Another browser or number counts as another caller.',
  calls: (count: number) => counted(count, 'call'),
  export: 'Download (JSON)',
  about: 'What is stored about callers',
  remove: {
    button: 'Delete everything',
    ask: 'Delete all calls of this caller, with transcripts and recordings, and what agents remember? This cannot be undone.',
    yes: 'Delete permanently',
    no: 'Cancel',
    busy: 'Deleting…',
    failed: 'Not everything could be deleted',
    done: (gone: { calls: number; lettaAgents: number }) =>
      `Deleted: ${counted(gone.calls, 'call')}, ${counted(gone.lettaAgents, 'agent’s memory', 'agents’ memories')}.`,
    left: 'These recordings are stored elsewhere and were not deleted:',
  },
};
