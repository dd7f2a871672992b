// Messages of the page from which an agent calls a phone number.
export const telephonyText = {
  title: 'Telephone',
  lead: 'An agent calls a phone number and talks to the person who answers.',
  link: 'Call a telephone',
  none: {
    title: 'No phone line is configured',
    body: 'Set LIVEKIT_SIP_OUTBOUND_TRUNK in .env to the ID of an outbound trunk of LiveKit SIP, and restart. npm run telephone lists the trunks.',
  },
  number: 'Number',
  hint: 'With a plus sign and country code: +44 1632 960123',
  keys: 'Keys',
  erase: 'Erase the last digit',
  agent: 'Agent',
  deployment: 'Deployment',
  call: 'Call',
  calling: 'Calling…',
  begun: (person: string, number: string) => `${person} is calling ${number}.`,
  follow: 'The call appears in History.',
  calls: 'Open History',
  failed: 'The call could not start',
};
