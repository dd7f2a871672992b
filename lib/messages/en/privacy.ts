// Messages of the privacy page for callers, and of the page with all data about one caller.

import type { Masked } from '@/lib/core/masked';
import { counted, listed } from '@/lib/messages/en/format';
import type { Kept } from '@/lib/privacy/kept';

const days = (count: number) =>
  count === 0 ? 'until somebody deletes it' : count === 1 ? 'for one day' : `for ${count} days`;
const MASKED: Readonly<Record<Masked, string>> = {
  email: 'e-mail addresses',
  phone: 'telephone numbers',
  card: 'card numbers',
};

/** The page for callers: sections with a heading and paragraphs. */
export const privacyText = {
  title: 'Privacy',
  lead: 'What is stored about a call, for how long, and whom you can ask.',
  sections: (kept: Kept) => [
    {
      title: 'What is stored',
      body: [
        'Of each call: when it was, with which agent, the words that you and the agent said or typed, what the agent did for you, and what went wrong. Your name or number, if you gave one, and the number that you phoned from.',
        kept.masked.length > 0
          ? `What is recognized in the transcript as ${listed(kept.masked.map((one) => MASKED[one]))} is left out of it.`
          : 'Numbers and addresses that you say are in the transcript.',
        kept.recorded
          ? `The sound of calls is recorded. The agent says so first, and a red lamp shows it. A recording is kept ${days(kept.recordingDays)}, and never longer than its call.`
          : 'The sound of calls is not recorded.',
        kept.recordedElsewhere
          ? 'Some agents send their own recording after the call. They may not say so, and no lamp shows it. It is kept as long as the others.'
          : '',
        kept.recorded && kept.masked.length > 0
          ? 'A recording contains everything that was said, including what is left out of the transcript.'
          : '',
        kept.letta
          ? 'Some agents remember you from call to call; what they remember is deleted as calls are.'
          : '',
        kept.signIn
          ? 'If you sign in: your name and e-mail address, your IP address and your browser. A cookie keeps you signed in.'
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
        'A cookie with a random number, by which this server recognizes your browser; your settings; and a cookie with the language, if you chose one. Nothing is shared with other sites.',
        kept.letta ? 'Agents that remember you recognize you by the same number.' : '',
      ].filter(Boolean),
    },
    {
      title: 'Who processes the call',
      body: [
        {
          true: 'Speech and answers are processed with the help of other servers, which receive what is said.',
          false: 'Speech and answers are processed on machines of the operator of this server.',
          unknown:
            'Some agents use speech and models of their own. These may be on other servers, which then receive what is said and may keep it.',
        }[`${kept.othersHear}`],
        kept.listenersShown
          ? 'The operator of this server can read calls and listen to calls in progress. The page of the call shows that somebody is listening.'
          : 'The operator of this server can read calls and listen to calls in progress.',
      ],
    },
    {
      title: 'Your data',
      body: [
        kept.contact
          ? `To get a copy of your data or have it deleted, contact: ${kept.contact}`
          : 'To get a copy of your data or have it deleted, contact the person who gave you this address.',
        'Say when you called: without your name, a call can only be found by its time.',
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
