// The German version of `en/rules.ts`.
import type { Shape } from '@/lib/core/language';
import type * as english from '@/lib/rules/messages/en';
import type { Rule } from '@/lib/rules/rule';

type Piece = english.Piece;
type Kind = NonNullable<Rule['if']['kind']>[number];

const kinds: Readonly<Record<Kind, string>> = {
  standard: 'mit Browser oder App',
  sip: 'per Telefon',
  connector: 'per Messenger',
  ingress: 'als Stream',
  egress: 'als Aufzeichnung',
  agent: 'als Agent',
};

const pattern = (of: string): Piece => ({ as: 'pattern', of });

/** Joins parts with "und". */
function joined(parts: readonly (readonly Piece[])[]): Piece[] {
  return parts.flatMap((part, at) => (at === 0 ? [...part] : [' und ', ...part]));
}

function occasion({ when, if: { room, metadata, attributes = {}, kind } }: Rule): Piece[] {
  if (when === 'room_started') {
    const asked = [
      room !== undefined && ['Name ', pattern(room), ' ist'],
      metadata !== undefined && ['Metadaten ', pattern(metadata), ' sind'],
    ].filter((part) => part !== false);
    return ['Wenn ein Room beginnt', ...(asked.length > 0 ? [', dessen ', ...joined(asked)] : [])];
  }
  const asked = [
    ...(metadata === undefined ? [] : [['Metadaten ', pattern(metadata)]]),
    ...Object.entries(attributes).map(([name, value]) => [`${name} `, pattern(value)]),
  ];
  return [
    `Wenn jemand ${kind ? `${kind.map((one) => kinds[one]).join(' oder ')} ` : ''}dazukommt`,
    ...(room === undefined ? [] : [', in einen Room namens ', pattern(room)]),
    ...(asked.length > 0 ? [', mit ', ...joined(asked)] : []),
  ];
}

export const ruleSentence: typeof english.ruleSentence = (rule) => {
  const { agent, deployment, share } = rule.then;
  return [
    ...occasion(rule),
    ', schicke ',
    { as: 'agent', of: agent },
    ', ',
    { as: 'deployment', of: deployment },
    ...(share
      ? [
          `; ${share.percent}\u00a0% der Anrufer an `,
          { as: 'deployment', of: share.deployment } as const,
        ]
      : []),
    '.',
  ];
};

export const rulesText: Shape<typeof english.rulesText> = {
  title: 'Regeln',
  lead: 'Regeln schicken Agenten in Rooms. Die erste passende Regel bestimmt das Deployment eines Agenten.',
  back: 'Optionen',
  empty: 'Noch keine Regeln. Anrufe von dieser Website brauchen keine.',
  emptyHint:
    'Regeln sind für Rooms und Anrufer von anderswo: per Telefon oder aus einem anderen Programm.',
  add: 'Regel hinzufügen',
  edit: 'Bearbeiten',
  up: 'Nach oben',
  down: 'Nach unten',
  remove: 'Löschen',
  removeAsk: (name) => `„${name}“ löschen?`,
  removeYes: 'Regel löschen',
  removeNo: 'Abbrechen',
  of: (action, name) => `${action}: ${name}`,
  metadata: 'Metadaten',
  saving: 'Wird gespeichert…',
  saved: 'Gespeichert.',
  webhooks: {
    title: 'Webhooks einrichten',
    body: 'Regeln werden durch Webhooks von LiveKit ausgelöst. Der Server von npm start sendet sie bereits. Tragen Sie bei LiveKit Cloud oder einem eigenen Server diese Webhook-Adresse ein:',
  },
  changed: {
    title: 'Die Regeln wurden anderswo geändert',
    body: 'Sie wurden in einem anderen Fenster oder über die API geändert. Laden Sie sie neu und wiederholen Sie Ihre Änderung. Ein offenes Formular bleibt erhalten.',
    again: 'Neu laden',
  },
  failed: {
    title: 'Die Regeln konnten nicht gespeichert werden',
  },
  notLoaded: { title: 'Die Regeln konnten nicht geladen werden', again: 'Noch einmal versuchen' },
  form: {
    titleNew: 'Neue Regel',
    titleEdit: (name) => `„${name}“ bearbeiten`,
    name: 'Name',
    nameHint: 'Ein eindeutiger Name für Ihr Team.',
    namePlaceholder: 'Anrufe für den Support',
    when: 'Wann',
    occasions: { room_started: 'Ein Room beginnt', participant_joined: 'Jemand kommt dazu' },
    only: 'Falls',
    onlyHint: 'Leere Felder passen auf alles. * steht für beliebige Zeichen.',
    room: 'Name des Rooms',
    roomMetadata: 'Metadaten des Rooms',
    personMetadata: 'Metadaten des Teilnehmers',
    attributes: 'Attribute des Teilnehmers',
    attributeName: 'Attribut',
    attributeValue: 'Wert',
    addAttribute: 'Attribut hinzufügen',
    removeAttribute: 'Attribut entfernen',
    kinds: 'Art des Teilnehmers',
    kindsHint: 'Ohne Auswahl: Menschen mit Browser, Telefon oder Messenger.',
    kind: {
      standard: 'Browser oder App',
      sip: 'Telefon',
      connector: 'Messenger',
      ingress: 'Stream',
      egress: 'Aufzeichnung',
      agent: 'Agent',
    },
    send: 'Dann schicke',
    agent: 'Agent',
    agentOption: (name, person) => `${name} (${person})`,
    deployment: 'Deployment',
    metadata: 'Metadaten für den Agenten',
    share: 'Anteil der Anrufer für ein anderes Deployment',
    shareHint:
      'Es sind immer dieselben Anrufer. Ist das andere Deployment nicht rechtzeitig verfügbar, erhalten sie das Deployment darüber.',
    shareOf: 'Prozent der Anrufer',
    shareTo: 'Geschickt an',
    save: 'Regel speichern',
    cancel: 'Abbrechen',
    missingName: 'braucht einen Namen',
    missingValue: 'braucht einen Wert; * steht für jeden',
    twice: 'kommt zweimal vor',
  },
};
