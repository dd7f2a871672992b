// Decodes what an `AgentSession` of LiveKit says about itself, for the console: the fields that it shows, with the numbers
// of `livekit_agent_session.proto` in github.com/livekit/protocol. Others are skipped.
import { fieldsOf, textOf, type WireField } from '@/lib/livekit/protobuf';

/** Maximum characters of a text that the console shows. Our own choice: the beginning of a long answer. */
export const SHOWN_MAX = 500;

/** How a field is read; a table is a nested message. */
type FieldType = 'string' | 'bool' | 'int32' | Table | { readonly each: 'string' | Table };
interface Table {
  readonly [number: number]: readonly [name: string, type: FieldType];
}

const CALL: Table = { 3: ['arguments', 'string'], 4: ['name', 'string'] };
const OUTPUT: Table = { 2: ['name', 'string'], 4: ['output', 'string'], 5: ['isError', 'bool'] };
const MODEL: Table = { 1: ['provider', 'string'], 2: ['model', 'string'] };
const ITEM: Table = {
  1: [
    'message',
    {
      2: ['role', 'int32'],
      3: ['content', { each: { 1: ['text', 'string'] } }],
      4: ['interrupted', 'bool'],
    },
  ],
  4: ['handoff', { 3: ['to', 'string'] }],
  5: ['config', { 3: ['added', { each: 'string' }], 4: ['removed', { each: 'string' }] }],
};
const USAGE: Table = {
  1: [
    'models',
    {
      each: {
        1: ['llm', { ...MODEL, 3: ['input', 'int32'], 11: ['output', 'int32'] }],
        2: ['tts', { ...MODEL, 5: ['characters', 'int32'] }],
        3: ['stt', MODEL],
      },
    },
  ],
};
/** `AgentSessionMessage`. */
const MESSAGE: Table = {
  3: [
    'event',
    {
      10: ['agent', { 2: ['state', 'int32'] }],
      11: ['user', { 2: ['state', 'int32'] }],
      12: ['added', { 1: ['item', ITEM] }],
      14: ['tools', { 1: ['calls', { each: CALL }], 2: ['outputs', { each: OUTPUT }] }],
      15: ['error', { 1: ['message', 'string'] }],
      17: ['usage', { 1: ['all', USAGE] }],
    },
  ],
};

/** `AgentState` and `UserState`, by number. */
const AGENT_STATES = ['initializing', 'idle', 'listening', 'thinking', 'speaking'] as const;
const USER_STATES = ['speaking', 'listening', 'away'] as const;
/** `ChatRole`, by number. */
const ROLES = ['developer', 'system', 'user', 'assistant'] as const;

/** A use of a model in a session so far; amounts are undefined if they are not of its kind. */
export interface Used {
  readonly model: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly characters?: number;
}

/** Something that a session has reported. Texts are cut to {@link SHOWN_MAX} characters. */
export type SessionNews =
  | { readonly kind: 'agent'; readonly state: (typeof AGENT_STATES)[number] }
  | { readonly kind: 'user'; readonly state: (typeof USER_STATES)[number] }
  | {
      readonly kind: 'said';
      readonly role: (typeof ROLES)[number];
      readonly text: string;
      readonly interrupted: boolean;
    }
  | { readonly kind: 'handoff'; readonly to: string }
  | {
      readonly kind: 'tools';
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  | {
      readonly kind: 'tool';
      readonly tool: string;
      readonly args: string;
      /** Undefined if it did not report one. */
      readonly result: string | undefined;
      readonly failed: boolean;
    }
  | { readonly kind: 'usage'; readonly models: readonly Used[] }
  | { readonly kind: 'error'; readonly message: string };

/** A decoded message: fields by their names in the tables; absent ones have protobuf's defaults. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is that of the tables
type Decoded = any;

/** A value as its type; undefined if it was sent as another one. */
function decodeValue(value: WireField['value'], type: FieldType): Decoded {
  if (type === 'int32') return typeof value === 'number' ? value : undefined;
  if (type === 'bool') return typeof value === 'number' ? value !== 0 : undefined;
  if (typeof value === 'number') return undefined;
  return type === 'string' ? textOf(value) : decode(value, type as Table);
}

function decode(bytes: Uint8Array, table: Table): Decoded {
  const message: Decoded = {};
  for (const { number, value } of fieldsOf(bytes)) {
    const [name, type] = table[number] ?? [];
    if (name === undefined || type === undefined) continue;
    const each = typeof type === 'object' && 'each' in type ? (type.each as FieldType) : undefined;
    const decoded = decodeValue(value, each ?? type);
    if (decoded === undefined) continue;
    if (!each) message[name] = decoded;
    else if (message[name]) message[name].push(decoded);
    else message[name] = [decoded];
  }
  return message;
}

const cut = (text = '') => (text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX - 1)}…` : text);
/** The first of a list, each shortened: a message may name any number. */
const few = (names: readonly string[] = []) => names.slice(0, 20).map(cut);

function itemNews({ message, handoff, config }: Decoded): SessionNews[] {
  if (handoff) return [{ kind: 'handoff', to: cut(handoff.to) }];
  if (config) return [{ kind: 'tools', added: few(config.added), removed: few(config.removed) }];
  const role = message && ROLES[message.role ?? 0];
  if (!role) return [];
  const text = (message.content ?? []).map((part: Decoded) => part.text ?? '').join('\n');
  return [{ kind: 'said', role, text: cut(text), interrupted: message.interrupted ?? false }];
}

function toolNews({ calls = [], outputs = [] }: Decoded): SessionNews[] {
  return calls.map((call: Decoded, index: number): SessionNews => {
    // In the order of the calls; a tool that returns nothing has an output without a text.
    const output = outputs[index];
    return {
      kind: 'tool',
      tool: cut(call.name),
      args: cut(call.arguments),
      result: output && cut(output.output),
      failed: output?.isError ?? false,
    };
  });
}

function usageNews({ all }: Decoded): SessionNews[] {
  const models = (all?.models ?? []).flatMap(({ llm, tts, stt }: Decoded): Used[] => {
    const used = llm ?? tts ?? stt;
    if (!used) return [];
    const model = cut([used.provider, used.model].filter(Boolean).join(' '));
    if (llm) return [{ model, inputTokens: llm.input ?? 0, outputTokens: llm.output ?? 0 }];
    return [tts ? { model, characters: tts.characters ?? 0 } : { model }];
  });
  return models.length > 0 ? [{ kind: 'usage', models: models.slice(0, 20) }] : [];
}

/**
 * What a message reports: nothing if it is about something that the console does not show, or no `AgentSessionMessage`.
 */
export function sessionNews(bytes: Uint8Array): readonly SessionNews[] {
  const { event } = decode(bytes, MESSAGE);
  if (!event) return [];
  if (event.error) return [{ kind: 'error', message: cut(event.error.message) }];
  if (event.tools) return toolNews(event.tools);
  if (event.usage) return usageNews(event.usage);
  if (event.added) return itemNews(event.added.item ?? {});
  // Protobuf omits the state with the number 0.
  const agent = event.agent && AGENT_STATES[event.agent.state ?? 0];
  if (agent) return [{ kind: 'agent', state: agent }];
  const user = event.user && USER_STATES[event.user.state ?? 0];
  return user ? [{ kind: 'user', state: user }] : [];
}
