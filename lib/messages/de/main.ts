// The German version of `en/main.ts`.
import { appConfig } from '@/app-config';
import type { Shape } from '@/lib/core/language';
import { fixed } from '@/lib/messages/de/format';
import type * as english from '@/lib/messages/en/main';

const before = (position: number) => {
  const count = position - 1;
  if (count === 0) return 'Sie sind als Nächstes dran';
  return count === 1 ? '1 Person ist vor Ihnen' : `${count} Personen sind vor Ihnen`;
};

const orType = appConfig.features.chat ? ' Sie können auch schreiben.' : '';
const mics: Shape<typeof english.text.mics> = {
  blocked: {
    title: 'Das Mikrofon ist gesperrt',
    body: `Erlauben Sie es in der Adressleiste Ihres Browsers und in den Einstellungen Ihres Geräts, und versuchen Sie es noch einmal.${orType}`,
  },
  'in-use': {
    title: 'Das Mikrofon ließ sich nicht öffnen',
    body: `Vielleicht benutzt es ein anderes Programm. Schließen Sie das Programm und versuchen Sie es noch einmal.${orType}`,
  },
  none: {
    title: 'Kein Mikrofon gefunden',
    body: `Schließen Sie eines an und versuchen Sie es noch einmal.${orType}`,
  },
  insecure: {
    title: 'Diese Seite darf kein Mikrofon benutzen',
    body: `Browser erlauben es nur auf Adressen mit https:// und auf localhost.${orType}`,
  },
  withheld: {
    title: 'Diese Seite darf kein Mikrofon benutzen',
    body: `Die Website oder die Einstellungen Ihres Browsers erlauben es nicht.${orType}`,
  },
  lost: {
    title: 'Das Mikrofon ist weg',
    body: `Es wurde abgezogen oder ausgeschaltet. Wählen Sie ein anderes und versuchen Sie es noch einmal.${orType}`,
  },
  unknown: {
    title: 'Das Mikrofon konnte nicht gestartet werden',
    body: `Ihr Browser nennt keinen Grund. Versuchen Sie es noch einmal.${orType}`,
  },
};

export const text: Shape<typeof english.text> = {
  queue: { before },
  mics,
  whyNobody: {
    link: 'Warum ist kein Agent gekommen?',
    newTab: 'öffnet sich in einem neuen Tab',
  },
  transcript: {
    ms: (ms) => `${fixed(ms)} ms`,
    tool: { args: 'Angaben', result: 'Ergebnis', failed: 'fehlgeschlagen' },
  },
};
