// What is said, in German, where more than the caller and one agent are in a call: who is there,
// calling an agent back, inviting somebody, and joining by an invitation.
import type { Shape } from '@/lib/core/language';
import type * as english from './en-people';

const CALLER = 'Anrufer';
const GUEST = 'Gast';

export const people: Shape<typeof english.people> = {
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
};

export const callBack: Shape<typeof english.callBack> = {
  button: (person) => `${person} zurückholen`,
  asking: (person) => `${person} wird gerufen…`,
  failed: (person) => `${person} konnte nicht zurückgeholt werden.`,
};

export const invite: Shape<typeof english.invite> = {
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
    leave: (person) => `Kommt Ihr Gast dazu, verabschiedet sich ${person} und geht.`,
    stay: (person) =>
      `Kommt Ihr Gast dazu, bleibt ${person} da und schweigt, bis der eigene Name fällt.`,
  },
};

export const join: Shape<typeof english.join> = {
  title: 'Sie sind zu einem Gespräch eingeladen',
  withAgent: (person, role) => `Jemand spricht gerade mit ${person} (${role}) und bittet Sie dazu.`,
  withNobody: 'Jemand bittet Sie in ein Gespräch.',
  takeover: {
    leave: (person) => `${person} verabschiedet sich und geht, sobald Sie kommen.`,
    stay: (person) => `${person} bleibt da und schweigt, bis der eigene Name fällt.`,
  },
  name: 'Ihr Name',
  nameHint: 'Die anderen sehen ihn.',
  nameMissing: 'Sagen Sie zuerst, wer Sie sind.',
  button: 'Am Gespräch teilnehmen',
  fine: 'Ihr Mikrofon geht an, sobald Sie teilnehmen. Die Einladung gilt einmal, bis',
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
      title: 'Der Server der Gespräche antwortet nicht',
      body: 'Ob das Gespräch noch läuft, lässt sich nicht sagen. Versuchen Sie es gleich noch einmal.',
    },
  },
};
