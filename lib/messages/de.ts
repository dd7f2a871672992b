// Everything people read on the page of a call and the settings, in German, with the other files that
// begin with `de-`. Their shape is that of the English ones: what is missing here is a type error.
// Plain, short, from the caller's side; never a claim that was not observed.
import type { Shape } from '@/lib/core/language';
import { line } from './de-line';
import { fixed } from './de-numbers';
import { callBack, invite, join, people } from './de-people';
import { ends, mics, notices, status, withPeople } from './de-states';
import type { text as english } from './en';

export const text: Shape<typeof english> = {
  brand: 'Callboard',
  description:
    'Sprechen Sie mit einem Sprach-Agenten und sehen Sie, wann er unterwegs ist, zuhört und spricht.',
  skip: 'Zum Inhalt',
  nav: {
    label: 'Hauptmenü',
    call: 'Start',
    calls: 'Verlauf',
    agents: 'Agenten',
    doctor: 'Diagnose',
    settings: 'Optionen',
  },
  rehearsal: (deployment) => `Staging: Dieser Anruf nutzt das Deployment ${deployment}`,
  agentsOn: (count) => (count === 1 ? '1 Agent da' : `${count} Agenten da`),
  light: { checking: '…', live: 'da', off: 'weg', busy: 'belegt', unknown: '?' },
  lightLabel: {
    checking: 'wird geprüft',
    live: undefined,
    off: undefined,
    busy: undefined,
    unknown: 'nicht bekannt',
  },
  start: {
    title: 'Mit wem möchten Sie sprechen?',
    lead: 'Drücken Sie den Knopf und sprechen Sie. Sie sehen, wann der Agent unterwegs ist, wann er zuhört und was er verstanden hat.',
    agent: 'Agent',
    button: 'Anrufen',
    dialling: 'Wird verbunden…',
    fine: (recorded, monitored) =>
      `Ihr Mikrofon geht an, wenn Sie anrufen. Der Ton wird ${recorded ? 'aufgezeichnet' : 'nicht aufgezeichnet'}.${monitored ? ' Dieser Anruf kann mitgehört werden.' : ''}`,
    board: 'Jetzt zu erreichen',
    unknownAgent: (name) =>
      `Einen Agenten „${name}“ gibt es nicht. Wählen Sie einen von der Tafel.`,
    unknownDeployment: (name, person) =>
      `${person} hat kein Deployment „${name}“. Anrufe gehen an production.`,
    nobody: (person, deployment) =>
      `${person} ist auf ${deployment} gerade nicht da. Sie können trotzdem anrufen und warten.`,
    unreachable:
      'Der Server antwortet nicht. Deshalb ist unbekannt, welche Agenten verfügbar sind.',
    staging: (deployment) => `Anrufe gehen an ${deployment}.`,
    change: 'In den Optionen ändern',
    failed:
      'Der Anruf kam nicht zustande. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  },
  elsewhere: {
    title: 'In einem anderen Tab läuft ein Gespräch',
    body: 'Zwei Gespräche zugleich würden einander stören.',
    here: 'Dort beenden und hier anrufen',
    cancel: 'Dort lassen',
  },
  status,
  withPeople,
  notices,
  people,
  callBack,
  invite,
  join,
  interrupted: { goesOn: 'Das Gespräch ist noch offen', back: 'Zurück zum Gespräch' },
  late: (person) => ({
    title: `${person} ist noch nicht in der Leitung`,
    agent: 'Agent',
    deployment: 'Deployment',
    keep: 'Weiter warten',
    again: 'Noch einmal versuchen',
  }),
  line,
  whyNobody: {
    link: 'Warum ist kein Agent gekommen?',
    newTab: 'öffnet sich in einem neuen Tab',
  },
  retryMove: 'Noch einmal versuchen',
  newCall: 'Neu anrufen',
  mismatch: (asked, reported) => ({
    title: 'Falsches Deployment',
    body: `Sie wollten ${asked}, aber der Agent meldet ${reported}.`,
  }),
  sound: {
    title: 'Ihr Browser hält den Ton zurück',
    body: 'Drücken Sie einmal, um den Agenten zu hören.',
    button: 'Ton einschalten',
  },
  mics,
  micRetry: 'Mikrofon noch einmal versuchen',
  micText: 'Schreibend weitermachen',
  chip: {
    confirmed: (deployment) => `${deployment} ✓`,
    confirmedLabel: (deployment) => `Der Agent meldet, dass er auf ${deployment} läuft`,
    asked: (deployment) => deployment,
    askedLabel: (deployment) =>
      `${deployment} ist gewünscht; der Agent hat noch nicht gesagt, wo er läuft`,
    wrong: (deployment) => `${deployment} ✗`,
    wrongLabel: (deployment) => `Falsches Deployment: ${deployment}`,
  },
  call: {
    title: (person) => `Im Gespräch mit ${person}`,
    untitled: 'Das Gespräch',
    timer: 'Dauer des Gesprächs',
    recorded: 'Wird aufgezeichnet',
    recordedLabel: 'Der Ton dieses Gesprächs wird aufgezeichnet',
    monitored: 'Jemand hört mit',
    backToCall: 'Zurück zum Gespräch',
    controls: 'Bedienung des Gesprächs',
    keypad: 'Tastenfeld',
    closeKeypad: 'Tastenfeld schließen',
    keys: 'Tasten',
    pressed: 'Gedrückt',
    keyFailed: 'Die Taste kam nicht an. Drücken Sie sie noch einmal.',
    mute: 'Mikro aus',
    unmute: 'Mikro an',
    micAsking: 'Fragt…',
    noMic: 'Kein Mikro',
    microphone: 'Mikrofon',
    usualMicrophone: 'Standardmikrofon',
    captions: 'Untertitel',
    end: 'Auflegen',
    leave: 'Verlassen',
    level: 'Pegel Ihres Mikrofons',
  },
  transcript: {
    title: 'Mitschrift',
    empty: 'Das Gespräch erscheint hier.',
    emptyAfter: 'Es wurde nichts gesagt.',
    answersIn: (ms) => `antwortet in ${fixed(ms)} ms`,
    you: 'Sie',
    cut: { interrupted: 'unterbrochen', lost: 'abgerissen' },
    typed: 'geschrieben',
    pressed: 'gedrückt',
    ms: (ms) => `${fixed(ms)} ms`,
    answered: (ms) => `Antwort nach ${fixed(ms)} Millisekunden`,
    latest: 'Neuestes',
    tool: { args: 'Angaben', result: 'Ergebnis', failed: 'fehlgeschlagen' },
    divider: (divider) => {
      switch (divider.what) {
        case 'joined':
          return `${divider.name} ist dazugekommen`;
        case 'left':
          return `${divider.name} ist gegangen`;
        case 'handover':
          return `${divider.from} hat an ${divider.to} übergeben`;
        case 'lost':
          return `${divider.name} ist verloren gegangen`;
        case 'back':
          return `${divider.name} ist wieder da`;
        case 'moved':
          return 'In einen anderen Raum gewechselt';
        case 'again':
          return 'Neu begonnen';
      }
    },
  },
  message: {
    label: 'Nachricht',
    placeholder: 'Nachricht',
    send: 'Senden',
    sending: 'Wird gesendet…',
    failed: 'Nicht gesendet. Ihre Nachricht steht noch hier: Versuchen Sie es noch einmal.',
    anybody: 'jemand',
    waitForAgent: (person) => `Sie können senden, sobald ${person} da ist.`,
    waitForConnection: 'Sie können senden, sobald Sie wieder verbunden sind.',
  },
  after: {
    lasted: 'Dauer',
    agent: 'Agent',
    deployment: 'Deployment',
    again: (person) => `${person} noch einmal anrufen`,
    outcomes: { appointment: 'Termin vereinbart', message: 'Nachricht aufgenommen' },
    page: 'Details des Anrufs',
    other: 'Anderen Agenten wählen',
    copy: 'Mitschrift kopieren',
    copied: 'Kopiert',
    copyFailed: 'Kopieren ist hier nicht erlaubt: Nehmen Sie „Herunterladen“.',
    download: 'Herunterladen',
    joined: 'gespraech',
    file: (agent, day) => `callboard-${agent}-${day}.txt`,
  },
  ends,
  settings: {
    title: 'Optionen',
    lead: 'In diesem Browser gemerkt.',
    staging: 'Staging',
    stagingHint: 'Anrufe gehen an das Deployment staging, auf dem das Team neue Versionen testet.',
    captions: 'Untertitel',
    captionsHint: 'Die Worte des Agenten unter seinem Licht, während er spricht.',
    developer: 'Details für Entwickler',
    developerHint: 'Latenzen, das Deployment und die Dauer von Werkzeugen im Gespräch.',
    sounds: 'Klänge',
    soundsHint: 'Ein leiser Ton, wenn jemand dazukommt und wenn das Gespräch endet.',
    takeover: 'Wenn jemand dazukommt',
    takeoverHint: 'Was der Agent tut, wenn ein eingeladener Kollege dazukommt.',
    takeovers: { leave: 'Der Agent geht', stay: 'Er bleibt, stumm bis man ihn ruft' },
    microphone: 'Mikrofon',
    speaker: 'Lautsprecher',
    speakerHint: 'Dieser Browser nimmt immer den Lautsprecher des Systems.',
    usual: 'Standard des Systems',
    gone: 'Früher gewählt, jetzt nicht angeschlossen',
    allow: 'Meine Geräte zeigen',
    allowHint: 'Browser nennen Geräte erst, wenn das Mikrofon erlaubt ist.',
    testMic: 'Mikrofon testen',
    stopTest: 'Test beenden',
    testLevel: 'Pegel',
    testSpeaker: 'Ton abspielen',
    theme: 'Farben',
    themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
    groups: { calls: 'Anrufe', sound: 'Ton', look: 'Aussehen' },
  },
  field: {
    wrong: (label, detail) => (/^[A-Z]/.test(detail) ? `${detail}.` : `${label} ${detail}.`),
  },
  missing: {
    title: 'Seite nicht gefunden',
    body: 'Die Seite, die Sie suchen, gibt es nicht.',
    back: 'Zurück zum Start',
  },
  crash: {
    title: 'Etwas ist schiefgegangen',
    body: 'Falls Sie im Gespräch waren, ist es beendet. Versuchen Sie es noch einmal oder laden Sie die Seite neu.',
    again: 'Noch einmal versuchen',
  },
};
