// What the framework uploads about a session at its end, as events of its call: what was said, tools, usage, tags,
// evaluations and outcome. Pure. The same items arrive twice, with the logs and with the recording, and in two spellings:
// in protobuf's JSON and in LiveKit's own. Both become the same events with the same ids.
import { createHash } from 'node:crypto';
import type { EventData } from '@/lib/calls/event';
import { addUsage, type ModelUsage, type UsageAmount } from '@/lib/calls/usage';
import { isBlank } from '@/lib/core/blank';
import { FAIL, SUCCESS } from '@/lib/core/outcome';

/** An event of a session. `at` is in milliseconds since 1970, on the clock of the agent's machine. */
export interface SessionEvent {
  readonly id: string;
  readonly at: number;
  readonly what: EventData;
}

/** The session that events belong to. What is not known is empty: it is looked up in the call. */
export interface Session {
  readonly job: string;
  /** LiveKit's agent name. */
  readonly agent: string;
  /** Display name. */
  readonly deployment: string;
  /** Whether the instructions of the agent are kept. */
  readonly keepsPrompt: boolean;
}

/** LiveKit's identity of the agent of a job. */
export const agentIdentity = (job: string): string => `agent-${job}`;

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** An object; an empty one if it is none. */
export const json = (value: unknown): Json => (isJson(value) ? value : {});
/** A text; an empty one if it is none. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const MS = 1_000;
/** Milliseconds of a length in seconds; undefined if there is none. */
const length = (seconds: unknown): number | undefined =>
  typeof seconds === 'number' && seconds >= 0 ? Math.round(seconds * MS) : undefined;
/** Milliseconds since 1970 of seconds since then, or of RFC 3339; undefined if it is no time. */
export function timeOf(value: unknown): number | undefined {
  const ms = typeof value === 'number' ? value * MS : Date.parse(text(value));
  return Number.isFinite(ms) && ms >= 0 ? Math.round(ms) : undefined;
}

/** Characters of an id that is kept as it is. Ours have a limit. */
const ID_MAX = 100;
const hash = (value: string, digits: number) =>
  createHash('sha256').update(value).digest('hex').slice(0, digits);
/** The id of an event: the same each time it is uploaded. */
export const eventId = (job: string, part: string): string =>
  `${job}-${part.length > ID_MAX || /\s/.test(part) ? hash(part, 32) : part}`;

/** The kinds of items, with the name of the field that has them in protobuf's JSON. */
const ITEM_KINDS = [
  'message',
  'function_call',
  'function_call_output',
  'agent_handoff',
  'agent_config_update',
] as const;

interface Item {
  readonly kind: (typeof ITEM_KINDS)[number];
  readonly id: string;
  readonly at: number;
  readonly fields: Json;
}

/** An item in either spelling; undefined if it is none that is known. */
function itemOf(value: unknown): Item | undefined {
  const given = json(value);
  const kind = ITEM_KINDS.find((name) => given.type === name || isJson(given[name]));
  if (!kind) return undefined;
  const fields = given.type === kind ? given : json(given[kind]);
  const [id, at] = [text(fields.id), timeOf(fields.created_at)];
  return id === '' || at === undefined ? undefined : { kind, id, at, fields };
}

/** What was said: texts, without pictures and sounds. */
const wordsOf = ({ content }: Json): string =>
  list(content)
    .map((part) => text(part) || text(json(part).text))
    .filter((part) => part !== '')
    .join('\n')
    .trim();

/** Delays of the caller's last turn, for those of the answer. */
interface Asked {
  readonly transcript?: number | undefined;
  readonly endOfTurn?: number | undefined;
  /** From the end of the turn to the request to the model: the agent's own code. */
  readonly code?: number | undefined;
}

/** The latency of an answer, each part from the end of the caller's speech; undefined if it answers nothing spoken. */
function answerLatency(metrics: Json, asked: Asked) {
  const firstAudio = length(metrics.e2e_latency);
  if (firstAudio === undefined) return undefined;
  const { transcript, endOfTurn, code = 0 } = asked;
  const ttft = length(metrics.llm_node_ttft);
  // An answer that was begun before the end of the turn had its first token earlier.
  const firstToken =
    endOfTurn !== undefined && ttft !== undefined
      ? Math.min(firstAudio, endOfTurn + code + ttft)
      : undefined;
  return { transcript, endOfTurn, firstToken, firstAudio };
}

/** The version that a team gives its agent by this tag: `version:1.2`. */
const VERSION_TAG = 'version:';

/** The name of a version: by the agent's tag, else by what it is made of. */
function versionOf(tags: readonly string[], instructions: string, tools: readonly string[]) {
  const named = tags.find((tag) => tag.startsWith(VERSION_TAG))?.slice(VERSION_TAG.length);
  return named || `prompt ${hash(JSON.stringify([instructions, tools]), 7)}`;
}

/** A history as far as it was read. */
interface History {
  readonly session: Session;
  readonly tags: readonly string[];
  /** Outputs of tools, by the id of their call. */
  readonly outputs: ReadonlyMap<string, Item>;
  /** What the next answer answers. */
  asked: Asked;
  /** Whether the agent has spoken. */
  isHeard: boolean;
  instructions: string;
  readonly tools: Set<string>;
}
type Reader = (item: Item, history: History) => SessionEvent[];

/** The event of an item. */
const eventOf = (
  { id, at }: Pick<Item, 'id' | 'at'>,
  { session }: History,
  what: EventData,
): SessionEvent => ({ id: eventId(session.job, id), at, what });

/** What was said in a message, and when; `spokenAt` is undefined if it was typed. */
function saidIn({ at, fields }: Item) {
  const metrics = json(fields.metrics);
  const spokenAt = timeOf(metrics.started_speaking_at);
  const startedAt = spokenAt ?? at;
  const endedAt = Math.max(startedAt, timeOf(metrics.stopped_speaking_at) ?? startedAt);
  const said = { kind: 'turn', text: wordsOf(fields), startedAt, endedAt } as const;
  return { said, spokenAt, metrics };
}

const callerTurn: Reader = (item, history) => {
  const { said, spokenAt, metrics } = saidIn(item);
  const transcript = length(metrics.transcription_delay);
  const endOfTurn = length(metrics.end_of_turn_delay);
  history.asked = { transcript, endOfTurn, code: length(metrics.on_user_turn_completed_delay) };
  const typed = spokenAt === undefined || undefined;
  // Whose names they are stands in the call, and in the list of agents.
  const who = { speaker: 'caller', identity: '', by: '' } as const;
  const latency = transcript === undefined ? undefined : { transcript, endOfTurn };
  const at = said.startedAt;
  return [eventOf({ id: item.id, at }, history, { ...said, ...who, typed, latency })];
};

const agentTurn: Reader = (item, history) => {
  const { said, spokenAt, metrics } = saidIn(item);
  const { job, agent } = history.session;
  const identity = agentIdentity(job);
  const events: SessionEvent[] = [];
  if (!history.isHeard && spokenAt !== undefined) {
    history.isHeard = true;
    const what = { kind: 'first_audio', identity, agent } as const;
    events.push(eventOf({ id: 'first-audio', at: spokenAt }, history, what));
  }
  const interrupted = item.fields.interrupted === true || undefined;
  const latency = answerLatency(metrics, history.asked);
  history.asked = {};
  const who = { speaker: 'agent', identity, by: '' } as const;
  const at = said.startedAt;
  events.push(eventOf({ id: item.id, at }, history, { ...said, ...who, interrupted, latency }));
  return events;
};

/** What to do with each kind of item. */
const READERS: Readonly<Record<Item['kind'], Reader>> = {
  message(item, history) {
    if (isBlank(wordsOf(item.fields))) return [];
    const role = text(item.fields.role).toLowerCase();
    if (role === 'user') return callerTurn(item, history);
    return role === 'assistant' ? agentTurn(item, history) : [];
  },

  function_call(item, history) {
    const { at, fields } = item;
    const output = history.outputs.get(text(fields.call_id));
    const what: EventData = {
      kind: 'tool',
      identity: agentIdentity(history.session.job),
      tool: text(fields.name),
      args: text(fields.arguments),
      result: text(output?.fields.output),
      failed: output?.fields.is_error === true,
      ms: Math.max(0, (output?.at ?? at) - at),
    };
    return [eventOf(item, history, what)];
  },

  // With its call.
  function_call_output: () => [],

  agent_handoff(item, history) {
    const { agent } = history.session;
    const from = text(item.fields.old_agent_id);
    // The first agent of a session comes from nowhere.
    if (!from) return [];
    const to = text(item.fields.new_agent_id);
    return [eventOf(item, history, { kind: 'agent_changed', agent, from, to })];
  },

  agent_config_update(item, history) {
    const { fields } = item;
    const { session, tags, tools } = history;
    const { agent, deployment, keepsPrompt } = session;
    history.instructions = text(fields.instructions) || history.instructions;
    for (const name of list(fields.tools_added)) tools.add(text(name));
    for (const name of list(fields.tools_removed)) tools.delete(text(name));
    const names = [...tools].sort().slice(0, TOOLS_MAX);
    const { instructions } = history;
    const version = versionOf(tags, instructions, names);
    const config = { kind: 'agent_config', agent, deployment, version, tools: names } as const;
    const isKept = keepsPrompt && instructions !== '';
    return [eventOf(item, history, { ...config, ...(isKept && { instructions }) })];
  },
};

/**
 * The events of a session's history.
 * @param items of LiveKit's chat history
 * @param tags of the session
 */
export function historyEvents(
  items: readonly unknown[],
  tags: readonly string[],
  session: Session,
): SessionEvent[] {
  const known = items.flatMap((item) => itemOf(item) ?? []);
  const outputs = new Map(
    known
      .filter(({ kind }) => kind === 'function_call_output')
      .map((item) => [text(item.fields.call_id), item]),
  );
  const begun = { asked: {}, isHeard: false, instructions: '', tools: new Set<string>() };
  const history: History = { session, tags, outputs, ...begun };
  return known.flatMap((item) => READERS[item.kind](item, history));
}

/** Maximum number of tools and models that an event names. */
const TOOLS_MAX = 200;
const MODELS_MAX = 20;

/** LiveKit's tags for what is an event of its own. */
const OWN_TAGS = /^lk\.(success|fail|judge\.)/;

/** The tags of a session. */
export const tagsOf = (value: unknown): string[] => list(value).map(text).filter(Boolean);

/** The events of a session's tags. @param at when the session ended */
export const tagEvents = (
  tags: readonly string[],
  { job, agent }: Session,
  at: number,
): SessionEvent[] =>
  tags
    .filter((tag) => !OWN_TAGS.test(tag) && !tag.startsWith(VERSION_TAG))
    .map((tag) => ({ id: eventId(job, `tag-${tag}`), at, what: { kind: 'tagged', agent, tag } }));

/** LiveKit's names of what is counted, in Python and in Node. */
const USAGE_TYPES = { llm_usage: 'llm', stt_usage: 'stt', tts_usage: 'tts' } as const;
const USAGE_FIELDS = {
  inputTokens: ['input_tokens', 'inputTokens'],
  cachedTokens: ['input_cached_tokens', 'inputCachedTokens'],
  inputAudioTokens: ['input_audio_tokens', 'inputAudioTokens'],
  outputTokens: ['output_tokens', 'outputTokens'],
  outputAudioTokens: ['output_audio_tokens', 'outputAudioTokens'],
  audioMs: ['audioDurationMs'],
  characters: ['characters_count', 'charactersCount'],
} as const satisfies Record<UsageAmount, readonly string[]>;

function usageOf(value: unknown): ModelUsage[] {
  const given = json(value);
  const type = Object.entries(USAGE_TYPES).find(([name]) => name === given.type)?.[1];
  if (!type) return [];
  const amounts = Object.entries(USAGE_FIELDS).flatMap(([amount, names]) => {
    const counted = names.map((name) => Number(given[name])).find((number) => number > 0);
    return counted === undefined ? [] : [[amount, counted] as const];
  });
  const audioMs = length(given.audio_duration);
  if (audioMs) amounts.push(['audioMs', audioMs]);
  if (amounts.length === 0) return [];
  const [provider, model] = [text(given.provider), text(given.model)];
  return [{ type, provider, model, ...Object.fromEntries(amounts) }];
}

/** The event of what a session's models have used. @param at when the session ended */
export function usageEvents(value: unknown, session: Session, at: number): SessionEvent[] {
  const models = addUsage(list(value).flatMap(usageOf)).slice(0, MODELS_MAX);
  const { job, agent, deployment } = session;
  if (models.length === 0) return [];
  return [{ id: eventId(job, 'usage'), at, what: { kind: 'usage', agent, deployment, models } }];
}

/** The event of an evaluation of the session. */
export function evaluationEvents(value: unknown, { job, agent }: Session, at: number) {
  const { name, verdict, reasoning } = json(value);
  if (text(name) === '' || text(verdict) === '') return [];
  const reason = text(reasoning) || undefined;
  const judged = { name: text(name), verdict: text(verdict), reason };
  const what = { kind: 'evaluation', agent, ...judged } as const;
  return [{ id: eventId(job, `evaluation-${text(name)}`), at, what }];
}

/** The event of the outcome that the agent's code gave the session. */
export function outcomeEvents(value: unknown, { job }: Session, at: number): SessionEvent[] {
  const given = json(value);
  const outcome = [SUCCESS, FAIL].find((name) => name === given.outcome);
  if (!outcome) return [];
  const reason = text(given.reason) || undefined;
  return [{ id: eventId(job, 'outcome'), at, what: { kind: 'outcome', outcome, reason } }];
}

/** Parts whose errors are in no trace: the framework only counts them. */
const COUNTED = { stt: 'Speech to text', realtime: 'The realtime model' } as const;

/** The events of errors that are only counted. */
export const countedErrors = (value: unknown, { job }: Session, at: number): SessionEvent[] =>
  Object.entries(COUNTED).flatMap(([where, what]): SessionEvent[] => {
    const times = Number(json(value)[where]);
    if (!(times > 0)) return [];
    const message = `${what} failed ${times === 1 ? 'once' : `${times} times`}.`;
    return [{ id: eventId(job, `errors-${where}`), at, what: { kind: 'error', where, message } }];
  });
