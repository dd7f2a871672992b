// Reports a job: its conversation with agent states, turns, latencies and tools, its connection and its errors.
import { type llm, type metrics, voice } from '@livekit/agents';
import { type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';
import { pressedFor } from '@/agent/framework/written-message';
import type { ReportCall } from '@/agent/reporting/events';
import { spaced } from '@/lib/call/pressed-keys';
import type { EventData, EventOf } from '@/lib/calls/event';
import { addUsage, type ModelUsage, type UsageAmount } from '@/lib/calls/usage';
import { isBlank } from '@/lib/core/blank';
import { withoutEscapes } from '@/lib/core/escapes';
import { redact } from '@/lib/core/redact';

type Speaker = Pick<RemoteParticipant, 'identity' | 'name'>;

/** The participants of a conversation: the agent with its name and display name, and the caller, while present. */
interface Participants {
  readonly identity: string;
  readonly agent: string;
  readonly person: string;
  caller(): Speaker | undefined;
  /** Since when nobody hears the agent (ms since 1970); undefined while somebody does. */
  emptySince(): number | undefined;
}

const { AgentSessionEventTypes: On } = voice;

/** Reports this session's events from now on. */
export function reportSession(
  session: voice.AgentSession,
  report: ReportCall,
  who: Participants,
  toolLabels: Readonly<Record<string, string>>,
): void {
  const { identity, agent } = who;
  const clock = new ReplyClock();
  let heard = false;
  // Kept because the caller's last words may be added after they have left.
  let caller = { identity: '', name: '' };

  session.on(On.AgentStateChanged, ({ newState: state, createdAt }) => {
    report({ kind: 'agent_state', identity, state }, createdAt);
    if (heard || state !== 'speaking') return;
    heard = true;
    report({ kind: 'first_audio', identity, agent }, createdAt);
  });
  session.on(On.MetricsCollected, ({ metrics }) => {
    if (metrics.type === 'llm_metrics') clock.request(metrics);
  });
  session.on(On.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message') return;
    const { name = '', identity: id } = who.caller() ?? caller;
    caller = { identity: id, name };
    if (item.role === 'user' && !isBlank(item.textContent ?? '')) {
      clock.question(item);
      report(callerTurn(item, caller));
    }
    if (item.role === 'assistant') {
      const latency = clock.answer(item);
      const { startedAt, endedAt } = span(item);
      // The conversation that is stored is the one that was heard. A caller who was removed or lost does not interrupt.
      const heardUntil = who.emptySince() ?? Number.POSITIVE_INFINITY;
      if (startedAt >= heardUntil) return;
      const isCut = heardUntil < endedAt;
      const part = isCut ? (heardUntil - startedAt) / (endedAt - startedAt) : 1;
      const text = beginning(item.textContent ?? '', part);
      if (isCut && text === '') return;
      report({
        kind: 'turn',
        speaker: 'agent',
        identity,
        by: who.person,
        // As far as it was played to somebody.
        text,
        startedAt,
        endedAt: isCut ? heardUntil : endedAt,
        interrupted: item.interrupted || isCut || undefined,
        latency,
      });
    }
  });
  session.on(On.FunctionToolsExecuted, (event) => {
    for (const [call, output] of voice.zipFunctionCallsAndOutputs(event)) {
      const { name: tool, args, createdAt } = call;
      report(
        {
          kind: 'tool',
          identity,
          tool,
          label: toolLabels[tool],
          args,
          result: output?.output ?? '',
          failed: output?.isError ?? false,
          ms: Math.max(0, (output?.createdAt ?? createdAt) - createdAt),
        },
        createdAt,
      );
    }
  });
  session.on(On.Error, ({ error }) => {
    reportError(report, error.type.replace(/_error$/, ''), 'error' in error ? error.error : error);
  });
  session.on(On.Close, ({ reason, error }) => {
    if (reason === voice.CloseReason.ERROR) reportError(report, 'session', error);
  });
}

/**
 * Reports what the session's models have used. Call it at the end.
 * @param summary what the summary used, outside of the session
 */
export function reportUsage(
  session: Pick<voice.AgentSession, 'usage'>,
  report: ReportCall,
  who: { readonly agent: string; readonly deployment: string },
  summary?: ModelUsage,
): void {
  const models = addUsage([
    ...session.usage.modelUsage.flatMap(usageOf),
    ...(summary ? [summary] : []),
  ]);
  if (models.length > 0) report({ kind: 'usage', ...who, models });
}

/** The framework's names of what is counted. */
const USAGE_TYPES = { llm_usage: 'llm', stt_usage: 'stt', tts_usage: 'tts' } as const;
const USAGE_FIELDS = {
  inputTokens: 'inputTokens',
  cachedTokens: 'inputCachedTokens',
  inputAudioTokens: 'inputAudioTokens',
  outputTokens: 'outputTokens',
  outputAudioTokens: 'outputAudioTokens',
  audioMs: 'audioDurationMs',
  characters: 'charactersCount',
} as const satisfies Record<UsageAmount, string>;

type Counted = voice.AgentSession['usage']['modelUsage'][number];

/**
 * The provider of the framework's fallback adapters, which report what their models used once more. All other models
 * name theirs.
 */
const ADAPTER = 'unknown';

/** What a model used; nothing if it used nothing, or is none that is paid for by amount. */
function usageOf(counted: Counted): ModelUsage[] {
  const fields: Readonly<Record<string, unknown>> = counted;
  const type = Object.entries(USAGE_TYPES).find(([name]) => name === counted.type)?.[1];
  const amounts = Object.entries(USAGE_FIELDS).flatMap(([amount, field]) =>
    fields[field] ? [[amount, fields[field]]] : [],
  );
  const { provider = '', model = '' } = counted;
  if (!type || amounts.length === 0 || provider === ADAPTER) return [];
  return [{ type, provider, model, ...Object.fromEntries(amounts) }];
}

/** Reports an error, whatever was thrown. */
export function reportError(report: ReportCall, where: string, error: unknown): void {
  const known = error instanceof Error ? error : undefined;
  const message = withoutEscapes(redact(known?.message || String(error)));
  report({ kind: 'error', where, message, stack: known?.stack && redact(known.stack) });
}

type Latency = NonNullable<EventOf<'turn'>['latency']>;
type Measured = Pick<llm.ChatMessage, 'metrics'>;
type Metrics = Pick<metrics.LLMMetrics, 'timestamp' | 'durationMs' | 'ttftMs'>;

/** Milliseconds; the framework counts in seconds. */
const ms = (seconds: number | undefined) =>
  seconds === undefined ? undefined : Math.max(0, Math.round(seconds * 1_000));

/**
 * Latency of the parts of an answer, each from the end of the caller's speech. The framework reports them separately
 * and in its own order: a preemptive answer starts before its question is known.
 */
export class ReplyClock {
  /** Times of the first token of each request to the language model. */
  #firstTokens: number[] = [];
  #asked: Measured | undefined;

  request({ timestamp, durationMs, ttftMs }: Metrics): void {
    if (ttftMs >= 0) this.#firstTokens.push(timestamp - durationMs + ttftMs);
  }

  question(message: Measured): void {
    this.#asked = message;
  }

  /** An answer has ended: returns its latencies, or undefined if it answers nothing that was spoken. */
  answer({ metrics: own }: Measured): Latency | undefined {
    const { transcriptionDelay, stoppedSpeakingAt = Number.NaN } = this.#asked?.metrics ?? {};
    const delays = this.#firstTokens
      .map((at) => at / 1_000 - stoppedSpeakingAt)
      .filter((delay) => !Number.isNaN(delay));
    const after = delays.filter((delay) => delay >= 0);
    // A reply that was begun earlier was used if it was not begun again: it was there at once.
    const first = after.length > 0 ? Math.min(...after) : delays.length > 0 ? 0 : undefined;
    this.#firstTokens = [];
    this.#asked = undefined;
    if (own.e2eLatency === undefined) return undefined;
    return {
      transcript: ms(transcriptionDelay),
      firstToken: ms(first),
      firstAudio: ms(own.e2eLatency),
    };
  }
}

/** When the message was spoken, or when it was written if it was typed. */
function span({ metrics, createdAt }: llm.ChatMessage) {
  const { startedSpeakingAt: from, stoppedSpeakingAt: to } = metrics;
  const startedAt = Math.round(from === undefined ? createdAt : from * 1_000);
  const endedAt = to === undefined ? startedAt : Math.round(to * 1_000);
  return { startedAt, endedAt: Math.max(startedAt, endedAt) };
}

/** The words in the first part of a text, which was spoken evenly. @param part 0 to 1 */
function beginning(text: string, part: number): string {
  const words = text.split(' ');
  return words.slice(0, Math.round(words.length * part)).join(' ');
}

function callerTurn(message: llm.ChatMessage, { identity, name }: Speaker): EventData {
  const { startedSpeakingAt, transcriptionDelay: delay } = message.metrics;
  const pressed = pressedFor(message);
  return {
    kind: 'turn',
    speaker: 'caller',
    identity,
    by: name || identity,
    text: pressed === undefined ? (message.textContent ?? '') : spaced(pressed),
    ...span(message),
    typed: startedSpeakingAt === undefined || undefined,
    pressed: pressed !== undefined || undefined,
    latency: delay === undefined ? undefined : { transcript: Math.round(delay * 1_000) },
  };
}

/** Watches the connection of this room, and this process. */
export function watchJob(room: Room, report: ReportCall, identity: string): void {
  room.on(RoomEvent.Reconnecting, () =>
    report({ kind: 'connection', identity, state: 'reconnecting' }),
  );
  room.on(RoomEvent.Reconnected, () =>
    report({ kind: 'connection', identity, state: 'reconnected' }),
  );
  process.on('uncaughtExceptionMonitor', (error) => reportError(report, 'job', error));
  process.on('unhandledRejection', (error) => reportError(report, 'job', error));
}
