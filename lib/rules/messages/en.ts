// Messages of the Rules page, and rules as sentences.
import type { Rule } from '@/lib/rules/rule';

type Kind = NonNullable<Rule['if']['kind']>[number];

/** A part of a sentence: text, or a value of the rule, which is highlighted. */
export type Piece =
  | string
  | { readonly as: 'pattern' | 'agent' | 'deployment'; readonly of: string };

const kinds: Readonly<Record<Kind, string>> = {
  standard: 'by browser or app',
  sip: 'by phone',
  connector: 'by messenger',
  ingress: 'as a stream',
  egress: 'as a recorder',
  agent: 'as an agent',
};

const pattern = (of: string): Piece => ({ as: 'pattern', of });

/** Joins parts with "and". */
function joined(parts: readonly (readonly Piece[])[]): Piece[] {
  return parts.flatMap((part, at) => (at === 0 ? [...part] : [' and ', ...part]));
}

function occasion({ when, if: { room, metadata, attributes = {}, kind } }: Rule): Piece[] {
  if (when === 'room_started') {
    const asked = [
      room !== undefined && ['name is ', pattern(room)],
      metadata !== undefined && ['metadata is ', pattern(metadata)],
    ].filter((part) => part !== false);
    return ['When a room starts', ...(asked.length > 0 ? [' whose ', ...joined(asked)] : [])];
  }
  const asked = [
    ...(metadata === undefined ? [] : [['metadata ', pattern(metadata)]]),
    ...Object.entries(attributes).map(([name, value]) => [`${name} `, pattern(value)]),
  ];
  return [
    `When someone joins${kind ? ` ${kind.map((one) => kinds[one]).join(' or ')}` : ''}`,
    ...(room === undefined ? [] : [', in a room named ', pattern(room)]),
    ...(asked.length > 0 ? [', with ', ...joined(asked)] : []),
  ];
}

/** A rule as a sentence. */
export function ruleSentence(rule: Rule): Piece[] {
  const { agent, deployment, share } = rule.then;
  return [
    ...occasion(rule),
    ', send ',
    { as: 'agent', of: agent },
    ', ',
    { as: 'deployment', of: deployment },
    ...(share
      ? [
          `; ${share.percent}\u00a0% of callers to `,
          { as: 'deployment', of: share.deployment } as const,
        ]
      : []),
    '.',
  ];
}

export const rulesText = {
  title: 'Rules',
  lead: 'Rules send agents into rooms. The first matching rule decides the deployment of an agent.',
  back: 'Settings',
  empty: 'No rules yet. Calls from this site do not need one.',
  emptyHint: 'Rules are for rooms and callers from elsewhere: the phone, or another app.',
  add: 'Add rule',
  edit: 'Edit',
  up: 'Move up',
  down: 'Move down',
  remove: 'Delete',
  removeAsk: (name: string) => `Delete “${name}”?`,
  removeYes: 'Delete rule',
  removeNo: 'Cancel',
  of: (action: string, name: string) => `${action}: ${name}`,
  metadata: 'Metadata',
  saving: 'Saving…',
  saved: 'Saved.',
  webhooks: {
    title: 'Set up webhooks',
    body: 'Rules run on webhooks from LiveKit. The server started by npm start sends them already. For LiveKit Cloud or your own server, add this webhook URL:',
  },
  changed: {
    title: 'The rules were changed elsewhere',
    body: 'They were changed in another window or by the API. Reload them and repeat your change. An open form is kept.',
    again: 'Reload',
  },
  failed: {
    title: 'The rules could not be saved',
  },
  notLoaded: { title: 'The rules could not be loaded', again: 'Try again' },
  form: {
    titleNew: 'New rule',
    titleEdit: (name: string) => `Edit “${name}”`,
    name: 'Name',
    nameHint: 'A unique label for your team.',
    namePlaceholder: 'Support calls',
    when: 'When',
    occasions: { room_started: 'A room starts', participant_joined: 'Someone joins' },
    only: 'If',
    onlyHint: 'Empty fields match anything. * matches any characters.',
    room: 'Room name',
    roomMetadata: 'Room metadata',
    personMetadata: 'Participant metadata',
    attributes: 'Participant attributes',
    attributeName: 'Attribute',
    attributeValue: 'Value',
    addAttribute: 'Add attribute',
    removeAttribute: 'Remove attribute',
    kinds: 'Participant kind',
    kindsHint: 'If none is selected: people by browser, phone or messenger.',
    kind: {
      standard: 'Browser or app',
      sip: 'Phone',
      connector: 'Messenger',
      ingress: 'Stream',
      egress: 'Recorder',
      agent: 'Agent',
    } satisfies Record<Kind, string>,
    send: 'Then send',
    agent: 'Agent',
    agentOption: (name: string, person: string) => `${name} (${person})`,
    deployment: 'Deployment',
    metadata: 'Metadata for the agent',
    share: 'Share of callers for another deployment',
    shareHint:
      'The same callers are always chosen. If the other deployment is not available in time, they get the deployment above.',
    shareOf: 'Percent of callers',
    shareTo: 'Sent to',
    save: 'Save rule',
    cancel: 'Cancel',
    missingName: 'must have a name',
    missingValue: 'must have a value; * matches any',
    twice: 'is used twice',
  },
} as const;
