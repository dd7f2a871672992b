// Reports the conversation: agent states, turns with their latencies, tools with their results,
// errors.
import { type llm, type metrics, voice } from '@livekit/agents';
import type { RemoteParticipant } from '@livekit/rtc-node';
import type { Happening } from '../../lib/calls/event';
import type { ReportCall } from './call-reporting';
import { agentTurn, callerTurn } from './turns';

/** The participants of a conversation. */
export interface Participants {
  readonly identity: string;
  /** Agent name. */
  readonly agent: string;
  /** The agent's display name. */
  readonly person: string;
  /** The caller, while present. */
  caller(): Pick<RemoteParticipant, 'identity' | 'name'> | undefined;
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
    if (item.role === 'user') {
      clock.question(item);
      report(callerTurn(item, caller));
    }
    if (item.role === 'assistant') {
      report(agentTurn(item, { identity, name: who.person }, clock.answer(item)));
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

/** Reports an error, whatever was thrown. */
export function reportError(report: ReportCall, where: string, error: unknown): void {
  const known = error instanceof Error ? error : undefined;
  report({ kind: 'error', where, message: known?.message || String(error), stack: known?.stack });
}

type Latency = NonNullable<Extract<Happening, { kind: 'turn' }>['latency']>;
type Metrics = Pick<metrics.LLMMetrics, 'timestamp' | 'durationMs' | 'ttftMs'>;
type Message = Pick<llm.ChatMessage, 'metrics'>;

/** Milliseconds; the framework counts in seconds. */
const ms = (seconds: number | undefined) =>
  seconds === undefined ? undefined : Math.max(0, Math.round(seconds * 1_000));

/**
 * Latency of the parts of an answer, each from the end of the caller's speech. The framework reports them separately and
 * in its own order: a preemptive answer starts before its question is known.
 */
export class ReplyClock {
  /** Times of the first token of each request to the language model. */
  #firstTokens: number[] = [];
  #asked: Message | undefined;

  /** A request to the language model has ended. */
  request({ timestamp, durationMs, ttftMs }: Metrics): void {
    if (ttftMs >= 0) this.#firstTokens.push(timestamp - durationMs + ttftMs);
  }

  /** The caller has said or typed something. */
  question(message: Message): void {
    this.#asked = message;
  }

  /**
   * An answer has ended: returns its latencies, or undefined if it answers nothing that was spoken.
   */
  answer({ metrics: own }: Message): Latency | undefined {
    const firstTokens = this.#firstTokens;
    const asked = this.#asked?.metrics;
    this.#firstTokens = [];
    this.#asked = undefined;
    if (own.e2eLatency === undefined) return undefined;
    const stopped = asked?.stoppedSpeakingAt;
    const token =
      stopped === undefined
        ? undefined
        : firstTokens.filter((at) => at >= stopped * 1_000).sort((a, b) => a - b)[0];
    return {
      transcript: ms(asked?.transcriptionDelay),
      firstToken:
        token === undefined || stopped === undefined ? undefined : ms(token / 1_000 - stopped),
      firstAudio: ms(own.e2eLatency),
    };
  }
}
