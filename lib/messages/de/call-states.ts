// The German version of `en/call-states.ts`.
import { appConfig } from '@/app-config';
import type { Shape } from '@/lib/core/language';
import type * as english from '@/lib/messages/en/call-states';

const connecting = 'Verbindung wird aufgebaut…';
const waiting = 'Verbunden! Der Agent wird erwartet…';
const nobody = 'Sonst ist niemand da';
const lost = 'Agent verloren';

export const status: Shape<typeof english.status> = {
  queued: 'Alle Agenten sind im Gespräch',
  connecting,
  slow: connecting,
  waiting,
  late: waiting,
  joined: 'Der Agent ist da! Sprechen Sie…',
  listening: 'Hört zu',
  thinking: 'Denkt nach',
  speaking: 'Spricht',
  unanswered: 'Noch keine Antwort',
  leaving: 'Hat sich verabschiedet',
  'agent-left': nobody,
  'with-people': 'Zusammen im Gespräch',
  alone: nobody,
  moving: 'Wechsel in einen anderen Raum…',
  'move-failed': 'Nicht verbunden',
  reconnecting: 'Verbindung wird wiederhergestellt…',
  offline: 'Sie sind offline',
  'server-lost': 'Verbindung verloren. Sie wird wiederhergestellt…',
  replacing: 'Der Agent wird wieder verbunden…',
  'gave-up': lost,
  'nobody-came': 'Kein Agent ist gekommen',
  'agent-quiet': 'Kein Zeichen vom Agenten',
  'agent-lost': lost,
  'agent-removed': 'Agent entfernt',
  'agent-shutdown': 'Der Agent musste gehen',
  'agent-error': 'Der Agent ist ausgefallen',
  ended: 'Gespräch beendet',
};

export const withPeople: typeof english.withPeople = (names) => `Sie sprechen mit ${names}`;

export const notices: Shape<typeof english.notices> = {
  slow: () => ({
    title: 'Der Aufbau der Verbindung dauert länger als sonst',
    body: 'Der Server hat noch nicht geantwortet. Nichts ist verloren: Der Versuch läuft weiter.',
  }),
  'server-lost': () => ({
    title: 'Die Verbindung zum Server ist verloren',
    body: 'Sie wird automatisch wiederhergestellt. Ihre Mitschrift bleibt.',
  }),
  offline: () => ({
    title: 'Dieses Gerät ist offline',
    body: 'Das Gespräch geht automatisch weiter, sobald das Netz wieder da ist. Ihre Mitschrift bleibt.',
  }),
  'with-people': (person) => ({
    title: person ? `${person} ist gegangen` : 'Kein Agent ist hier',
    body: 'Was Sie jetzt sagen, wird nicht mitgeschrieben.',
  }),
  'agent-left': (person) => ({
    title: `${person} ist gegangen`,
    body: `Die Leitung ist noch offen. Sie können ${person} zurückholen.`,
  }),
  alone: () => ({
    title: 'Sie sind allein in diesem Gespräch',
    body: 'Die Leitung ist noch offen: Sie können warten oder gehen.',
  }),
  'move-failed': () => ({
    title: 'Der Wechsel in den anderen Raum ist nicht gelungen',
    body: 'Sie sind gerade mit niemandem verbunden. Ihre Mitschrift bleibt.',
  }),
  replacing: (person) => ({
    title: `Die Verbindung zu ${person} ist abgerissen`,
    body: `Ersatz für ${person} ist gerufen und noch nicht da. Ihre Mitschrift bleibt.`,
  }),
  'gave-up': (person) => ({
    title: `${person} ist verloren gegangen`,
    body: `Niemand konnte für ${person} einspringen. Die Leitung ist noch offen, und Ihre Mitschrift bleibt.`,
  }),
  'nobody-came': (person) => ({
    title: `${person} ist nicht gekommen`,
    body: `Auch ein Ersatz für ${person} kam nicht. Die Leitung ist noch offen.`,
  }),
  unanswered: (person) => ({
    title: `${person} hat nicht geantwortet`,
    body: 'Bitte sagen Sie es noch einmal.',
  }),
  'agent-quiet': (person) => ({
    title: `Kein Zeichen von ${person}`,
    body: `Seit einigen Sekunden kommt nichts von ${person}. Meldet sich ${person} wieder, geht das Gespräch weiter.`,
  }),
  'agent-lost': (person) => ({
    title: `${person} ist verloren gegangen`,
    body: `${person} ist ohne Abschied aus dem Gespräch gefallen. Die Leitung ist noch offen.`,
  }),
  'agent-removed': (person) => ({
    title: `${person} wurde entfernt`,
    body: `Jemand hat ${person} aus diesem Gespräch entfernt. Die Leitung ist noch offen.`,
  }),
  'agent-shutdown': (person) => ({
    title: `${person} musste gehen`,
    body: `${person} wurde gebeten, dieses Gespräch zu verlassen. Ein neuer Anruf erreicht, wer jetzt da ist.`,
  }),
  'agent-error': (person) => ({
    title: `${person} konnte nicht weitermachen`,
    body: 'Auf der Seite des Agenten ist etwas ausgefallen. Ein neuer Anruf beginnt von vorn.',
  }),
};

export const pageError =
  'Auf dieser Seite ist ein Fehler aufgetreten. Laden Sie sie neu und versuchen Sie es noch einmal.';

export const ends: Shape<typeof english.ends> = {
  left: () => ({
    title: 'Sie haben das Gespräch beendet',
    body: 'Die Leitung ist geschlossen, und Ihr Mikrofon ist aus.',
  }),
  'left-queue': (person) => ({
    title: 'Sie haben die Warteschlange verlassen',
    body: `${person} wurde nicht angerufen, und Ihr Mikrofon ist aus.`,
  }),
  goodbye: (person) => ({
    title: `${person} hat sich verabschiedet`,
    body: 'Das Gespräch ist zu Ende.',
  }),
  'time-up': () => ({
    title: 'Die Zeit war um',
    body: 'Anrufe ohne Anmeldung enden nach einer festen Zeit. Sie können wieder anrufen.',
  }),
  shutdown: (person) => ({
    title: `${person} musste gehen`,
    body: `${person} wurde gebeten zu gehen. Sie können wieder anrufen.`,
  }),
  error: (person) => ({
    title: `${person} konnte nicht weitermachen`,
    body: 'Auf der Seite des Agenten ist etwas ausgefallen.',
  }),
  closed: () => ({ title: 'Das Gespräch wurde beendet', body: 'Es wurde für alle beendet.' }),
  removed: () => ({
    title: 'Sie wurden entfernt',
    body: 'Jemand hat Sie aus dem Gespräch entfernt.',
  }),
  'joined-elsewhere': () => ({
    title: 'Das Gespräch ist umgezogen',
    body: 'Jemand hat unter demselben Namen von einem anderen Ort aus daran teilgenommen.',
  }),
  'other-tab': () => ({
    title: 'Das Gespräch ist umgezogen',
    body: 'Sie haben in einem anderen Tab angerufen. Dieses hier ist zu Ende, damit die beiden einander nicht stören.',
  }),
  interrupted: () => ({
    title: 'Ihr Gespräch wurde unterbrochen',
    body: 'Diese Seite wurde während des Gesprächs neu geladen.',
  }),
  'server-shutdown': () => ({
    title: 'Der Server wurde beendet',
    body: 'Damit endete auch das Gespräch.',
  }),
  'server-lost': () => ({
    title: 'Die Verbindung ist abgerissen',
    body: 'Der Server war nicht wieder zu erreichen.',
  }),
  refused: () => ({
    title: 'Das Gespräch konnte nicht beginnen',
    body: 'Der Server hat es nicht zugelassen.',
  }),
  unreachable: () => ({
    title: 'Das Gespräch konnte nicht beginnen',
    body: 'Der Server ist von diesem Browser aus nicht zu erreichen.',
  }),
  'no-network': () => ({
    title: 'Das Gespräch konnte nicht beginnen',
    body: 'Anrufe brauchen ein Netz, auch zu diesem Rechner. Verbinden Sie ihn mit einem, und starten Sie Callboard neu.',
  }),
  'page-error': () => ({ title: 'Das Gespräch konnte nicht beginnen', body: pageError }),
};

const orType = appConfig.features.chat ? ' Sie können auch schreiben.' : '';

export const mics: Shape<typeof english.mics> = {
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
