// When a realtime model is given up: the same agent goes on in the same call, with the session's own
// ears and voice and the mind that stands behind, and answers what was not answered.
import { type llm, log, voice } from '@livekit/agents';
import { CallAgent } from './call-agent';
import type { Failed } from './failure';
import type { WatchedRealtime } from './watched-realtime';

const { AgentSessionEventTypes: On } = voice;

/** Milliseconds from when a caller's words are heard to when they stand in the talk, at most. */
const WRITTEN_MS = 2_000;

/** What the caller said that stands nowhere yet: the model gave no transcript of it. */
function unwritten({ heard, chatCtx }: CallAgent): string | undefined {
  if (!heard?.text) return undefined;
  const written = chatCtx.items.some(
    (item) =>
      item.type === 'message' && item.role === 'user' && item.createdAt > heard.at - WRITTEN_MS,
  );
  return written ? undefined : heard.text;
}

/** Adds to what an agent knows of the talk what was said while it was on its way. */
async function catchUp(agent: CallAgent, { history }: voice.AgentSession): Promise<void> {
  const known = agent.chatCtx.copy();
  const more = history.items.filter(({ type, id }) => type === 'message' && !known.getById(id));
  known.insert(more);
  await agent.updateChatCtx(known);
}

/** Takes out what the model had said when it broke off, so that the question is the last word. */
async function forgetHalfAnswer(agent: CallAgent): Promise<void> {
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

/** Runs `go` when the session can change its agent. */
function onceStarted(session: voice.AgentSession, go: () => void): void {
  if (session.agentState !== 'initializing') {
    go();
    return;
  }
  const wait = () => {
    if (session.agentState === 'initializing') return;
    session.off(On.AgentStateChanged, wait);
    go();
  };
  session.on(On.AgentStateChanged, wait);
}

/**
 * Lets `mind` take over from `realtime` when it is given up.
 * @param failed told why
 */
export function takeOver(
  session: voice.AgentSession,
  { watch }: WatchedRealtime,
  mind: llm.LLM,
  failed: Failed,
): void {
  watch.onBroken = (error) => {
    failed(error);
    onceStarted(session, () => {
      const agent = session.currentAgent;
      if (!(agent instanceof CallAgent)) {
        log().error('nobody can take over from the realtime model');
        return;
      }
      // Once it is there: until then a question would go to the one that is given up.
      const begin = async (next: CallAgent) => {
        await catchUp(next, session);
        if (!watch.owing) return;
        const userInput = unwritten(next);
        if (userInput === undefined) await forgetHalfAnswer(next);
        session.generateReply({ userInput });
      };
      session.updateAgent(agent.thinkingWith(mind, begin));
    });
  };
}
