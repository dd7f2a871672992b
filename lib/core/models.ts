// An agent's models, speech and tools as set in the environment: one small grammar for all agents
// (`MODELS`, `STT`, `TTS`, `MCP_SERVERS`) and for one of them (`MODELS_FRONT_DESK`, …). Pure.

import {
  BUILT_IN,
  type HostedSpeech,
  MODEL_KINDS,
  type ModelRef,
  modelRef,
  READS,
  SETTINGS,
  type Setting,
  SPEECH,
  speechRef,
  wordsIn,
  written,
} from './model-names';

export type { ModelRef };

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
const OPENAI_MODEL = 'gpt-4.1-mini';

type Settings = Readonly<Record<string, string | undefined>>;

/** Name of the setting for one agent: `MODELS_FRONT_DESK`. */
const settingOf = (setting: Setting, agent: string) =>
  `${setting}_${agent.toUpperCase().replaceAll('-', '_')}`;

/** What is wrong with the value of one setting. */
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
    mcp: wordsFor(set, 'MCP_SERVERS', agent) ?? [],
    missing: named
      .filter((ref) => !set[needs(ref)])
      .map((ref) => `${needs(ref)} is not set, and ${written(ref)} needs it`),
  };
}
