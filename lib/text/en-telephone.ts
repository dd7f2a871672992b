// What people read who have an agent call a telephone, in English.

export const telephoneText = {
  title: 'Telephone',
  lead: 'An agent calls a number, and talks with whoever picks up.',
  link: 'Call a telephone',
  none: {
    title: 'No telephone line is set',
    body: 'Set SIP_OUTBOUND_TRUNK in .env to the id of an outbound trunk of LiveKit SIP, and start again. npm run telephone shows the trunks there are.',
  },
  number: 'Number',
  hint: 'With a plus and its country: +44 1632 960123',
  keys: 'Keys',
  erase: 'Erase the last digit',
  agent: 'Agent',
  deployment: 'Deployment',
  call: 'Call',
  calling: 'Calling…',
  begun: (person: string, number: string) => `${person} is calling ${number}.`,
  follow: 'What comes of it stands under Calls.',
  calls: 'See the calls',
  failed: 'The call could not begin',
  unreachable: 'Callboard cannot be reached. Try again.',
};
