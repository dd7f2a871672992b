// Tells what happens in the talk: states, turns with their delays, tools and what they came to, errors.
import { voice } from '@livekit/agents';
import type { RemoteParticipant } from '@livekit/rtc-node';
import { ReplyClock } from './reply-clock';
import type { TellCall } from './tell-call';
import { agentTurn, callerTurn } from './turns';

/** Who talks with whom. */
export interface Talkers {
  readonly identity: string;
  /** Agent name. */
  readonly agent: string;
  /** What the agent goes by. */
  readonly person: string;
  /** The caller, while they are there. */
  caller(): Pick<RemoteParticipant, 'identity' | 'name'> | undefined;
}

const { AgentSessionEventTypes: On } = voice;

/** Tells of this session from now on. */
export function tellSession(
  session: voice.AgentSession,
  tell: TellCall,
  who: Talkers,
  toolLabels: Readonly<Record<string, string>>,
): void {
  const { identity, agent } = who;
  const clock = new ReplyClock();
  let heard = false;
  // Kept: their last words may be added to the history when they have left.
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

/** Tells of an error, whatever was thrown. */
export function tellError(tell: TellCall, where: string, error: unknown): void {
  const known = error instanceof Error ? error : undefined;
  tell({ kind: 'error', where, message: known?.message || String(error), stack: known?.stack });
}
