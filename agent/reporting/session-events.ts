// Reports the conversation: agent states, turns with their latencies, tools with their results,
// errors.
import { voice } from '@livekit/agents';
import type { RemoteParticipant } from '@livekit/rtc-node';
import { ReplyClock } from './reply-clock';
import type { TellCall } from './tell-call';
import { agentTurn, callerTurn } from './turns';

/** The participants of a conversation. */
export interface Talkers {
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
export function tellSession(
  session: voice.AgentSession,
  tell: TellCall,
  who: Talkers,
  toolLabels: Readonly<Record<string, string>>,
): void {
  const { identity, agent } = who;
  const clock = new ReplyClock();
  let heard = false;
  // Kept because the caller's last words may be added after they have left.
  let caller = { identity: '', name: '' };

  session.on(On.AgentStateChanged, ({ newState: state, createdAt }) => {
    tell({ kind: 'agent_state', identity, state }, createdAt);
    if (heard || state !== 'speaking') return;
    heard = true;
    tell({ kind: 'first_audio', identity, agent }, createdAt);
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
      tell(callerTurn(item, caller));
    }
    if (item.role === 'assistant') {
      tell(agentTurn(item, { identity, name: who.person }, clock.answer(item)));
    }
  });
  session.on(On.FunctionToolsExecuted, (event) => {
    for (const [call, output] of voice.zipFunctionCallsAndOutputs(event)) {
      const { name: tool, args, createdAt } = call;
      tell(
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
    tellError(tell, error.type.replace(/_error$/, ''), 'error' in error ? error.error : error);
  });
  session.on(On.Close, ({ reason, error }) => {
    if (reason === voice.CloseReason.ERROR) tellError(tell, 'session', error);
  });
}

/** Reports an error, whatever was thrown. */
export function tellError(tell: TellCall, where: string, error: unknown): void {
  const known = error instanceof Error ? error : undefined;
  tell({ kind: 'error', where, message: known?.message || String(error), stack: known?.stack });
}
