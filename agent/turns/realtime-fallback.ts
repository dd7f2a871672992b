// Continues a call when its realtime model is abandoned: the agent goes on with text models, and answers what the
// realtime model has not.
import { type llm, log, voice } from '@livekit/agents';
import type { Failed } from '@/agent/models/llm-timeout';
import type { MonitoredRealtime } from '@/agent/models/realtime';
import { CallAgent } from '@/agent/turns/call-agent';

const { AgentSessionEventTypes: On } = voice;

/** Maximum milliseconds between hearing a caller's words and their transcript in the chat context. */
const TRANSCRIPT_DELAY_MS = 2_000;

/** The caller's words that are not in the chat context yet, because the model sent no transcript. */
function missingTranscript({ heard, chatCtx }: CallAgent): string | undefined {
  if (!heard?.text) return undefined;
  const written = chatCtx.items.some(
    (item) =>
      item.type === 'message' &&
      item.role === 'user' &&
      item.createdAt > heard.at - TRANSCRIPT_DELAY_MS,
  );
  return written ? undefined : heard.text;
}

/** Adds messages to the agent's chat context that arrived while it was being replaced. */
async function catchUp(agent: CallAgent, { history }: voice.AgentSession): Promise<void> {
  const known = agent.chatCtx.copy();
  const more = history.items.filter(({ type, id }) => type === 'message' && !known.getById(id));
  known.insert(more);
  await agent.updateChatCtx(known);
}

/** Removes the partial answer, so that the question is the last message. */
async function dropPartialAnswer(agent: CallAgent): Promise<void> {
  const known = agent.chatCtx.copy();
  const asked = known.items.findLastIndex(
    (item) =>
      item.type === 'function_call_output' || (item.type === 'message' && item.role === 'user'),
  );
  known.items = known.items.filter(
    (item, at) => at <= asked || item.type !== 'message' || item.role !== 'assistant',
  );
  await agent.updateChatCtx(known);
}

/** Runs `go` once the session can change its agent. */
function onceStarted(session: voice.AgentSession, go: () => void): void {
  if (session.agentState === 'initializing') session.once(On.AgentStateChanged, go);
  else go();
}

/** Lets `fallback` take over from `realtime` when that fails. */
export function addRealtimeFallback(
  session: voice.AgentSession,
  { monitor }: MonitoredRealtime,
  fallback: llm.LLM,
  failed: Failed,
): void {
  monitor.onBroken = (error) => {
    failed(error);
    onceStarted(session, () => {
      const agent = session.currentAgent;
      if (!(agent instanceof CallAgent)) {
        log().error('no agent can take over from the realtime model');
        return;
      }
      // Once the new agent is active: before that, a question would go to the failed model.
      const begin = async (next: CallAgent) => {
        await catchUp(next, session);
        if (!monitor.owing) return;
        const userInput = missingTranscript(next);
        if (userInput === undefined) await dropPartialAnswer(next);
        session.generateReply(userInput === undefined ? {} : { userInput });
      };
      session.updateAgent(agent.withModel(fallback, begin));
    });
  };
}
