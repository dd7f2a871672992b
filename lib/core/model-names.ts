// The syntax of the model settings: valid references, and error messages for invalid ones. Pure;
// lib/core/models.ts combines them.

/** Kinds of language models, and the setting that each requires. */
export const MODEL_KINDS = {
  openai: 'OPENAI_API_KEY',
  compatible: 'LLM_URL',
  inference: 'LIVEKIT_API_KEY',
  realtime: 'OPENAI_API_KEY',
  letta: 'LETTA_URL',
} as const;
type ModelKind = keyof typeof MODEL_KINDS;

/** The scripted agent, which always follows the last model, whether it is listed or not. */
export const BUILT_IN = 'built-in';
/** The speech server of `SPEECH_*`, which always follows the last hosted one, whether it is listed or not. */
export const SPEECH = 'speech';
const INFERENCE = 'inference';

/** A reference to a language model in the settings. */
export interface ModelRef {
  readonly kind: ModelKind;
  /** The provider's name of the model; for Letta, the agent's id. */
  readonly model: string;
  /** Voice of a realtime model, if one is set. */
  readonly voice?: string;
}

/** Speech through LiveKit Inference. */
export interface HostedSpeech {
  /** `vendor/model`. */
  readonly model: string;
  readonly voice?: string;
}

export const SETTINGS = ['MODELS', 'STT', 'TTS', 'MCP_SERVERS'] as const;
export type Setting = (typeof SETTINGS)[number];
const MODEL_WORDS = `${BUILT_IN}, openai:MODEL, compatible:MODEL, inference:VENDOR/MODEL, realtime:MODEL or letta:AGENT_ID`;
const SPEECH_WORDS = `${SPEECH} or ${INFERENCE}:VENDOR/MODEL[:VOICE]`;

const isKind = (word: string): word is ModelKind => Object.hasOwn(MODEL_KINDS, word);

/** A model reference as written in the settings. */
export const written = ({ kind, model, voice }: ModelRef) =>
  `${kind}:${model}${voice ? `:${voice}` : ''}`;

/** Splits `model:voice`. The part after the last colon is the voice. */
function withVoice(rest: string): HostedSpeech {
  const at = rest.lastIndexOf(':');
  return at === -1 ? { model: rest } : { model: rest.slice(0, at), voice: rest.slice(at + 1) };
}

/** Parses one model reference; undefined if it is invalid. */
export function modelRef(word: string): ModelRef | typeof BUILT_IN | undefined {
  if (word === BUILT_IN) return BUILT_IN;
  const at = word.indexOf(':');
  const [kind, rest] = [word.slice(0, at), word.slice(at + 1)];
  if (at === -1 || rest === '' || !isKind(kind)) return undefined;
  if (kind === INFERENCE && !rest.includes('/')) return undefined;
  return kind === 'realtime' ? { kind, ...withVoice(rest) } : { kind, model: rest };
}

/** Parses one speech reference; undefined if it is invalid. */
export function speechRef(word: string): HostedSpeech | typeof SPEECH | undefined {
  if (word === SPEECH) return SPEECH;
  const rest = word.startsWith(`${INFERENCE}:`) ? word.slice(INFERENCE.length + 1) : '';
  return rest.includes('/') ? withVoice(rest) : undefined;
}

const isAddress = (word: string) => /^https?:\/\//.test(word) && URL.canParse(word);
export const READS: Record<Setting, { read(word: string): unknown; words: string }> = {
  MODELS: { read: modelRef, words: MODEL_WORDS },
  STT: { read: speechRef, words: SPEECH_WORDS },
  TTS: { read: speechRef, words: SPEECH_WORDS },
  MCP_SERVERS: {
    read: (word) => (isAddress(word) ? word : undefined),
    words: 'a URL that begins with http:// or https://',
  },
};

export const wordsIn = (text: string) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
