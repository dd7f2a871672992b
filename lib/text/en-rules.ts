// What people read on the page of the rules, in English: another language is another file like it.
import type { Rule } from '../rules/rule';

type Kind = NonNullable<Rule['if']['kind']>[number];

/** A piece of a sentence: words, or something taken from the rule, which is set apart. */
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

/** Pieces with "and" between them. */
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

/** All texts of the page. */
export const rulesText = {
  title: 'Rules',
  lead: 'Which agents are sent into which rooms. The first rule that sends an agent decides its deployment.',
  back: 'Settings',
  row: {
    group: 'Server',
    label: 'Rules',
    hint: 'Which agents are sent into which rooms, for everybody.',
  },
  empty: 'No rules yet. Calls from this page reach their agent without one.',
  emptyHint: 'A rule is for rooms and callers that come another way: by phone, or by another app.',
  add: 'Add rule',
  edit: 'Edit',
  up: 'Move up',
  down: 'Move down',
  remove: 'Delete',
  removeAsk: (name: string) => `Delete “${name}”?`,
  removeYes: 'Delete rule',
  removeNo: 'Keep it',
  of: (action: string, name: string) => `${action}: ${name}`,
  metadata: 'Metadata',
  saving: 'Saving…',
  saved: 'Saved.',
  webhooks: {
    title: 'How rules learn what happens',
    body: 'LiveKit tells this server by webhook when a room starts or someone joins. The server that npm start runs does so already; for LiveKit Cloud or a server of your own, enter this address among its webhooks:',
  },
  file: (file: string) => `Kept in ${file}, which can be edited by hand as well.`,
  broken: {
    title: (file: string) => `${file} has a fault`,
    body: 'Until it is mended there, the rules that were right last stay in force, and nothing can be changed here.',
    place: (line: number, column: number) => `Line ${line}, column ${column}`,
    again: 'Look again',
  },
  changed: {
    title: 'The rules were changed elsewhere',
    body: 'In another window, or in the file by hand. Load them again and repeat your change; a form that is open stays as it is.',
    again: 'Load again',
  },
  failed: {
    title: 'That could not be saved',
    unreachable: 'The server does not answer. Try again.',
  },
  notLoaded: { title: 'The rules could not be read', again: 'Try again' },
  form: {
    titleNew: 'New rule',
    titleEdit: (name: string) => `Edit “${name}”`,
    name: 'Name',
    nameHint: 'For people. No two rules have the same.',
    when: 'When',
    occasions: { room_started: 'A room starts', participant_joined: 'Someone joins' },
    only: 'If',
    onlyHint: 'Leave empty what does not matter. * stands for any characters.',
    room: 'Room name',
    roomMetadata: 'Metadata of the room',
    personMetadata: 'Metadata of who joins',
    attributes: 'Attributes of who joins',
    attributeName: 'Attribute',
    attributeValue: 'Value',
    addAttribute: 'Add attribute',
    removeAttribute: 'Remove attribute',
    kinds: 'Who joins',
    kindsHint: 'None chosen: people, by browser, phone or messenger.',
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
    share: 'Share for another deployment',
    shareHint:
      'Always the same callers. Where it has no live worker, or does not come in time, they get the deployment above.',
    shareOf: 'Percent of callers',
    shareTo: 'Sent to',
    save: 'Save rule',
    cancel: 'Cancel',
    missingName: 'must have a name',
    missingValue: 'must have a value; * stands for any',
    twice: 'is there twice',
  },
} as const;
