// The German version of `en/telephony.ts`.
import type * as english from '@/lib/messages/en/telephony';

export const telephonyText: typeof english.telephonyText = {
  title: 'Telefon',
  lead: 'Ein Agent ruft eine Telefonnummer an und spricht mit der Person, die abnimmt.',
  link: 'Ein Telefon anrufen',
  none: {
    title: 'Keine Telefonleitung eingerichtet',
    body: 'Setzen Sie LIVEKIT_SIP_OUTBOUND_TRUNK in .env auf die Id eines ausgehenden Trunks von LiveKit SIP, und starten Sie neu. npm run telephone zeigt, welche Trunks es gibt.',
  },
  number: 'Nummer',
  hint: 'Mit Pluszeichen und Ländervorwahl: +49 30 901820',
  keys: 'Tasten',
  erase: 'Letzte Ziffer löschen',
  agent: 'Agent',
  deployment: 'Deployment',
  call: 'Anrufen',
  calling: 'Wird angerufen…',
  begun: (person, number) => `${person} ruft ${number} an.`,
  follow: 'Der Anruf erscheint im Verlauf.',
  calls: 'Verlauf öffnen',
  failed: 'Der Anruf konnte nicht gestartet werden',
};
