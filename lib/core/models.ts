// An agent's models, speech and tools as set in the environment: one small grammar for all agents
// (`MODELS`, `STT`, `TTS`, `MCP_SERVERS`) and for one of them (`MODELS_FRONT_DESK`, …). Pure.

import { appConfig, type Features } from '@/app-config';
import { parseUrl } from '@/lib/core/addresses';

/** Kinds of language models, and the setting that each requires. */
const MODEL_KINDS = {
  openai: 'OPENAI_API_KEY',
  compatible: 'LLM_URL',
  inference: 'LIVEKIT_API_KEY',
  realtime: 'OPENAI_API_KEY',
  letta: 'LETTA_URL',
} as const;
type ModelKind = keyof typeof MODEL_KINDS;

/** OpenAI's API, unless `OPENAI_BASE_URL` names another. */
export const OPENAI_URL = 'https://api.openai.com/v1';

/** The scripted agent, which always follows the last model, whether it is listed or not. */
const BUILT_IN = 'built-in';
/** The speech server of `SPEECH_*`, which always follows the last hosted one, whether it is listed or not. */
const SPEECH = 'speech';
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

const SETTINGS = ['MODELS', 'STT', 'TTS', 'MCP_SERVERS'] as const;
type Setting = (typeof SETTINGS)[number];
const MODEL_WORDS = `${BUILT_IN}, openai:MODEL, compatible:MODEL, inference:VENDOR/MODEL, realtime:MODEL or letta:AGENT_ID`;
const SPEECH_WORDS = `${SPEECH} or ${INFERENCE}:VENDOR/MODEL[:VOICE]`;

const isKind = (word: string): word is ModelKind => Object.hasOwn(MODEL_KINDS, word);

/** A model reference as written in the settings. */
const written = ({ kind, model, voice }: ModelRef) => `${kind}:${model}${voice ? `:${voice}` : ''}`;

/** Splits `model:voice`. The part after the last colon is the voice. */
function withVoice(rest: string): HostedSpeech {
  const at = rest.lastIndexOf(':');
  return at === -1 ? { model: rest } : { model: rest.slice(0, at), voice: rest.slice(at + 1) };
}

function modelRef(word: string): ModelRef | typeof BUILT_IN | undefined {
  if (word === BUILT_IN) return BUILT_IN;
  const at = word.indexOf(':');
  const [kind, rest] = [word.slice(0, at), word.slice(at + 1)];
  if (at === -1 || rest === '' || !isKind(kind)) return undefined;
  if (kind === INFERENCE && !rest.includes('/')) return undefined;
  return kind === 'realtime' ? { kind, ...withVoice(rest) } : { kind, model: rest };
}

function speechRef(word: string): HostedSpeech | typeof SPEECH | undefined {
  if (word === SPEECH) return SPEECH;
  const rest = word.startsWith(`${INFERENCE}:`) ? word.slice(INFERENCE.length + 1) : '';
  return rest.includes('/') ? withVoice(rest) : undefined;
}

/** An MCP server's URL may have a key in its query. `fetch` takes none with a user name or password. */
function addressOf(word: string): string | undefined {
  const url = /^https?:\/\//i.test(word) ? parseUrl(word) : undefined;
  return url?.username || url?.password ? undefined : url?.href;
}

const READS: Record<Setting, { read(word: string): unknown; words: string }> = {
  MODELS: { read: modelRef, words: MODEL_WORDS },
  STT: { read: speechRef, words: SPEECH_WORDS },
  TTS: { read: speechRef, words: SPEECH_WORDS },
  MCP_SERVERS: {
    read: addressOf,
    words: 'a URL that begins with http:// or https://, without a user name',
  },
};

const wordsIn = (text: string) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

/** Models, speech and tools of one agent. */
export interface AgentModels {
  /** In fallback order; the scripted agent follows. */
  readonly models: readonly ModelRef[];
  /** In fallback order; the speech server of `SPEECH_*` follows. */
  readonly stt: readonly HostedSpeech[];
  readonly tts: readonly HostedSpeech[];
  /** URLs of MCP servers. */
  readonly mcp: readonly string[];
  /** What is skipped because a setting is missing, as messages. */
  readonly missing: readonly string[];
}

/** Default OpenAI model if only the key is set: small, and fast enough for a conversation. */
export const OPENAI_MODEL = 'gpt-4.1-mini';

type Settings = Readonly<Record<string, string | undefined>>;

/** Whether settings select a language model with OpenAI's API, or name the models of an agent. */
export const setsModel = (set: Settings): boolean =>
  Object.entries(set).some(
    ([name, value]) => value && /^(MODELS(_\w+)?|OPENAI_API_KEY|LLM_URL)$/.test(name),
  );

/** Name of the setting for one agent: `MODELS_FRONT_DESK`. */
const settingOf = (setting: Setting, agent: string) =>
  `${setting}_${agent.toUpperCase().replaceAll('-', '_')}`;

function problemsOf(name: string, setting: Setting, text: string): string[] {
  const { read, words } = READS[setting];
  const all = wordsIn(text);
  const wrong = all.filter((word) => read(word) === undefined);
  const late = setting === 'MODELS' && all.slice(1).find((word) => word.startsWith('realtime:'));
  return [
    // A URL may contain a key, so it is not repeated.
    ...wrong.map((word) =>
      setting === 'MCP_SERVERS'
        ? `${name} must be ${words}, or several separated by commas`
        : `${name} has ${word}, which is not valid: write ${words}`,
    ),
    ...(late
      ? [`${name} has ${late}: a realtime model hears and speaks itself and can only be the first`]
      : []),
  ];
}

/**
 * Settings of unknown agents. Other programs have settings with the same prefix (`MODELS_DIR`), so only
 * values that parse as ours count.
 */
function unknownAgentProblems(set: Settings, agents: readonly string[]): string[] {
  return SETTINGS.flatMap((setting) => {
    const known = agents.map((agent) => settingOf(setting, agent));
    return Object.entries(set).flatMap(([name, text = '']) => {
      const ours = name.startsWith(`${setting}_`) && !known.includes(name) && text !== '';
      const words = wordsIn(text);
      const reads = words.length > 0 && words.every((word) => READS[setting].read(word));
      return ours && reads ? [`${name} names no agent. Valid settings: ${known.join(', ')}`] : [];
    });
  });
}

/** Everything that is wrong with these settings, one line each. */
export function modelProblems(set: Settings, agents: readonly string[]): string[] {
  const names = SETTINGS.flatMap((setting) => [
    [setting, setting] as const,
    ...agents.map((agent) => [settingOf(setting, agent), setting] as const),
  ]);
  return [
    ...names.flatMap(([name, setting]) => problemsOf(name, setting, set[name] ?? '')),
    ...unknownAgentProblems(set, agents),
  ];
}

/** The models of the older settings, if `MODELS` is not set. */
function legacyModels(set: Settings): ModelRef[] {
  if (set.LLM_URL && set.LLM_MODEL) return [{ kind: 'compatible', model: set.LLM_MODEL }];
  if (set.OPENAI_API_KEY) return [{ kind: 'openai', model: set.LLM_MODEL || OPENAI_MODEL }];
  return [];
}

/** The value of a setting for one agent: its own, else the one for all agents; undefined if neither is set. */
const wordsFor = (set: Settings, setting: Setting, agent: string) => {
  const text = set[settingOf(setting, agent)] || set[setting];
  return text === undefined ? undefined : wordsIn(text);
};

/** The references before the word that ends the list. */
function before<T extends object>(end: string, refs: readonly (T | string | undefined)[]): T[] {
  const at = refs.indexOf(end);
  return (at === -1 ? refs : refs.slice(0, at)).filter((ref) => typeof ref === 'object');
}

/** The models, speech and tools of an agent. The settings must be free of problems. */
export function modelsOf(set: Settings, agent: string): AgentModels {
  const words = wordsFor(set, 'MODELS', agent);
  const named = words ? before(BUILT_IN, words.map(modelRef)) : legacyModels(set);
  const needs = (ref: ModelRef) => MODEL_KINDS[ref.kind];
  const speech = (setting: 'STT' | 'TTS') =>
    before(SPEECH, (wordsFor(set, setting, agent) ?? []).map(speechRef));
  return {
    models: named.filter((ref) => set[needs(ref)]),
    stt: speech('STT'),
    tts: speech('TTS'),
    mcp: (wordsFor(set, 'MCP_SERVERS', agent) ?? []).flatMap((word) => addressOf(word) ?? []),
    missing: named
      .filter((ref) => !set[needs(ref)])
      .map((ref) => `${needs(ref)} is not set, and ${written(ref)} needs it`),
  };
}

/** The same with other models for this agent, as written in `MODELS`. */
export const withModels = (set: Settings, agent: string, models: string): AgentModels =>
  modelsOf({ ...set, [settingOf('MODELS', agent)]: models }, agent);

/** Kinds of models that get pictures. agents-js sends none to realtime models, and Letta's agents get text. */
const SEEING: readonly ModelKind[] = ['openai', 'compatible', 'inference'];

/** Whether an agent sees what the caller shows: its model gets pictures, and app-config.ts lets callers show something. */
export const seesCaller = (
  agent: Pick<AgentModels, 'models'> | undefined,
  { camera, screenShare }: Pick<Features, 'camera' | 'screenShare'> = appConfig.features,
): boolean =>
  (camera || screenShare) && (agent?.models.some(({ kind }) => SEEING.includes(kind)) ?? false);
