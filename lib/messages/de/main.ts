// The German version of `en/main.ts`.

import { appConfig } from '@/app-config';
import type { Shape } from '@/lib/core/language';
import { ends, mics, notices, pageError, status, withPeople } from '@/lib/messages/de/call-states';
import { fixed } from '@/lib/messages/de/format';
import type * as english from '@/lib/messages/en/main';

const CALLER = 'Anrufer';
const GUEST = 'Gast';

const before = (position: number) => {
  const count = position - 1;
  if (count === 0) return 'Sie sind als Nächstes dran';
  return count === 1 ? '1 Person ist vor Ihnen' : `${count} Personen sind vor Ihnen`;
};

const own = appConfig.texts?.de ?? {};

export const text: Shape<typeof english.text> = {
  description:
    own.description ??
    'Sprechen Sie mit einem Sprach-Agenten und sehen Sie, wann er unterwegs ist, zuhört und spricht.',
  skip: 'Zum Inhalt',
  nav: {
    label: 'Hauptmenü',
    call: 'Start',
    calls: 'Verlauf',
    agents: 'Agenten',
    doctor: 'Diagnose',
    settings: 'Optionen',
    signIn: 'Anmelden',
  },
  stagingBanner: (deployment) => `Staging: Dieser Anruf nutzt das Deployment ${deployment}`,
  agentsOn: (count) => (count === 1 ? '1 Agent da' : `${count} Agenten da`),
  light: {
    checking: '…',
    live: 'da',
    off: 'weg',
    busy: 'belegt',
    unreported: 'meldet sich nicht',
    unknown: '?',
  },
  lightLabel: {
    checking: 'wird geprüft',
    live: undefined,
    off: undefined,
    busy: undefined,
    unreported: undefined,
    unknown: 'nicht bekannt',
  },
  start: {
    title: own.title ?? 'Mit wem möchten Sie sprechen?',
    lead:
      own.lead ??
      'Drücken Sie den Knopf und sprechen Sie. Sie sehen, wann der Agent unterwegs ist, wann er zuhört und was er verstanden hat.',
    agent: 'Agent',
    button: own.button ?? 'Anrufen',
    dialling: 'Wird verbunden…',
    microphone: {
      open: 'Ihr Mikrofon geht an, wenn der Anruf beginnt.',
      push: 'Man hört Sie, solange Sie den Knopf oder die Leertaste halten.',
      text: 'Ihr Mikrofon bleibt aus, und Sie tippen.',
    },
    fine: (recorded, monitored) =>
      `Der Ton wird ${recorded ? 'aufgezeichnet' : 'nicht aufgezeichnet'}.${monitored ? ' Dieser Anruf kann mitgehört werden.' : ''}`,
    board: 'Jetzt zu erreichen',
    noAgents: 'Es gibt noch keinen Agenten.',
    addAgent: 'Fügen Sie auf der Seite „Agenten“ einen hinzu.',
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
    privacy: 'Datenschutz',
    failed:
      'Der Anruf kam nicht zustande. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    unsupported:
      'Dieser Browser kann nicht telefonieren: WebRTC fehlt oder ist abgeschaltet. Schalten Sie es ein oder nehmen Sie einen anderen Browser.',
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
  pageError,
  unreachable: 'Der Server antwortet nicht.',
  people: {
    agent: 'Agent',
    caller: CALLER,
    colleague: GUEST,
    roles: { caller: 'hat angerufen', colleague: 'dazugeholt' },
    others: 'Auch im Gespräch',
    speaking: 'spricht',
    inSentence: (name) => {
      if (name === CALLER) return 'der Person, die angerufen hat';
      return name === GUEST ? 'Ihrem Gast' : name;
    },
  },
  callBack: {
    button: (person) => `${person} zurückholen`,
    asking: (person) => `${person} wird gerufen…`,
    failed: (person) => `${person} konnte nicht zurückgeholt werden.`,
  },
  invite: {
    button: 'Einladen',
    title: 'Jemanden dazuholen',
    making: 'Link wird erstellt…',
    failed: 'Der Link konnte nicht erstellt werden.',
    again: 'Noch einmal versuchen',
    link: 'Einladungslink',
    copy: 'Link kopieren',
    copied: 'Kopiert',
    copyFailed:
      'Kopieren ist hier nicht erlaubt: Markieren Sie den Link und kopieren Sie ihn selbst.',
    share: 'Teilen…',
    shareText: 'Kommen Sie in mein Gespräch',
    valid: 'Gilt einmal, bis',
    close: 'Schließen',
    takeover: {
      leave: (person) => `Kommt Ihr Gast dazu, geht ${person}.`,
      stay: (person, named) =>
        named
          ? `Kommt Ihr Gast dazu, bleibt ${person} da und schweigt, bis der eigene Name fällt.`
          : `Kommt Ihr Gast dazu, bleibt ${person} da und hört nichts, bis er wieder gegangen ist.`,
    },
  },
  join: {
    title: 'Sie sind zu einem Gespräch eingeladen',
    withAgent: (person, role) =>
      `Jemand spricht gerade mit ${person}${role && ` (${role})`} und bittet Sie dazu.`,
    withNobody: 'Jemand bittet Sie in ein Gespräch.',
    takeover: {
      leave: (person) => `${person} geht, sobald Sie kommen.`,
      stay: (person, named) =>
        named
          ? `${person} bleibt da und schweigt, bis der eigene Name fällt.`
          : `${person} bleibt da und hört nichts, bis Sie wieder gehen.`,
    },
    name: 'Ihr Name',
    nameHint: 'Die anderen sehen ihn.',
    nameMissing: 'Geben Sie zuerst Ihren Namen ein.',
    button: 'Am Gespräch teilnehmen',
    fine: 'Die Einladung gilt einmal, bis',
    busy: 'Sie sind schon in einem Gespräch',
    busyBody: 'Beenden Sie es zuerst: Zwei Gespräche zugleich würden einander stören.',
    toCall: 'Zurück zum Gespräch',
    toStart: 'Zur Startseite',
    left: {
      title: 'Sie haben das Gespräch verlassen',
      body: 'Ihr Mikrofon ist aus. Die anderen sprechen vielleicht weiter.',
    },
    again: 'Zurück zur Einladung',
    closed: {
      'invitation-used': {
        title: 'Diese Einladung ist verbraucht',
        body: 'Sie gilt für eine Person und ein Mal. Bitten Sie um eine neue.',
      },
      'invitation-expired': {
        title: 'Diese Einladung ist abgelaufen',
        body: 'Einladungen gelten eine Viertelstunde. Bitten Sie um eine neue.',
      },
      'unknown-invitation': {
        title: 'Diese Einladung gibt es nicht',
        body: 'Prüfen Sie, ob der ganze Link kopiert wurde, oder bitten Sie um einen neuen.',
      },
      'room-over': {
        title: 'Dieses Gespräch ist vorbei',
        body: 'Es war zu Ende, bevor Sie kamen.',
      },
      unreachable: {
        title: 'Der Server für Gespräche antwortet nicht',
        body: 'Es ist unbekannt, ob das Gespräch noch läuft. Versuchen Sie es gleich noch einmal.',
      },
    },
  },
  interrupted: { stillOpen: 'Das Gespräch ist noch offen', back: 'Zurück zum Gespräch' },
  late: (person) => ({
    title: `${person} ist noch nicht in der Leitung`,
    agent: 'Agent',
    deployment: 'Deployment',
    keep: 'Weiter warten',
    again: 'Noch einmal versuchen',
  }),
  queue: {
    label: 'Ihr Platz in der Warteschlange',
    unit: 'in der Warteschlange',
    before,
    body: (person) =>
      `Sie werden mit ${person} verbunden, sobald Sie an der Reihe sind. Lassen Sie diese Seite offen.`,
    leave: 'Warteschlange verlassen',
  },
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
    title: 'Ihr Browser blockiert den Ton',
    body: 'Drücken Sie den Knopf, um den Agenten zu hören.',
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
  video: {
    of: (person: string) => `Video von ${person}`,
    ownCamera: 'Ihre Kamera',
    ownScreen: 'Ihr Bildschirm',
    camera: 'Kamera',
    screen: 'Bildschirm teilen',
    problem: {
      PermissionDenied:
        'Ihr Browser blockiert die Kamera. Erlauben Sie sie für diese Seite, und versuchen Sie es noch einmal.',
      NotFound: 'Keine Kamera gefunden. Schließen Sie eine an, und versuchen Sie es noch einmal.',
      DeviceInUse:
        'Ein anderes Programm benutzt die Kamera. Beenden Sie es, und versuchen Sie es noch einmal.',
      Other: 'Das Video konnte nicht gestartet werden. Versuchen Sie es noch einmal.',
    },
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
    turnOnMic: 'Mikro einschalten',
    holdToTalk: 'Halten zum Sprechen',
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
    emptyAfter: 'Keine Mitschrift.',
    answersIn: (ms) => `antwortet in ${fixed(ms)} ms`,
    you: 'Sie',
    cut: { interrupted: 'unterbrochen', lost: 'abgerissen' },
    typed: 'geschrieben',
    pressed: 'gedrückt',
    ms: (ms) => `${fixed(ms)} ms`,
    answered: (ms) => `Antwort nach ${fixed(ms)} Millisekunden`,
    latest: 'Neuestes',
    console: 'Konsole',
    tool: { args: 'Angaben', result: 'Ergebnis', failed: 'fehlgeschlagen' },
    divider: (divider) => {
      switch (divider.what) {
        case 'joined':
          return `${divider.name} ist dazugekommen`;
        case 'left':
          return `${divider.name} ist gegangen`;
        case 'handoff':
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
    mayNotRead: (person) => `Ob ${person} Nachrichten liest, ist nicht bekannt.`,
  },
  after: {
    lasted: 'Dauer',
    agent: 'Agent',
    deployment: 'Deployment',
    again: (person) => `${person} noch einmal anrufen`,
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
    rules: {
      group: 'Server',
      label: 'Regeln',
      hint: 'Welche Agenten in welche Rooms geschickt werden. Gilt für alle.',
    },
    title: 'Optionen',
    lead: 'In diesem Browser gespeichert.',
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
    talk: 'Wie Sie sprechen',
    talkHint:
      'Mit „Halten zum Sprechen“ hört man Sie, solange Sie den Knopf oder die Leertaste halten.',
    talks: { open: 'Mikrofon offen', push: 'Halten zum Sprechen', text: 'Nur Text' },
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
    body: 'Versuchen Sie es noch einmal oder laden Sie die Seite neu.',
    again: 'Noch einmal versuchen',
    inCall: 'Ihr Gespräch läuft weiter. Kehren Sie dorthin zurück oder legen Sie hier auf.',
    back: 'Zurück zum Gespräch',
    end: 'Auflegen',
  },
};

export const languageText: Shape<typeof english.languageText> = {
  label: 'Sprache',
  hint: 'Die Sprache der Seiten. Die mitgelieferten Agenten sprechen nur Englisch.',
  own: 'Automatisch',
  spoken: 'Dieser Agent spricht Englisch.',
};

export const limitText: Shape<typeof english.limitText> = {
  'too-many-calls': (minutes) =>
    `Im Moment sind es zu viele Anrufe. Versuchen Sie es in ${minutes === 1 ? 'einer Minute' : `${minutes} Minuten`} wieder.`,
  'in-another-call': () =>
    'Sie sind schon in einem Anruf, in einem anderen Fenster oder auf einem anderen Gerät. Legen Sie dort zuerst auf; ein abgebrochener Anruf endet automatisch innerhalb einer halben Minute.',
  'day-used-up': () =>
    'Heute kann kein Anruf mehr angenommen werden. Versuchen Sie es morgen wieder.',
};

export const embedText: Shape<typeof english.embedText> = {
  title: (person) => `Mit ${person} sprechen`,
  nobody: 'Hier gibt es niemanden anzurufen',
  nobodyHint: (agent) => `Das Script-Tag nennt „${agent}“, und diesen Agenten gibt es nicht.`,
};
