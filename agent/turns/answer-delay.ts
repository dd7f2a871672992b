// Response latency of the current answer, for an agent that mentions it.
import { voice } from '@livekit/agents';

/** See `CallHandle.answerDelay`. */
export function answerDelay(session: voice.AgentSession): Promise<number | undefined> {
  return new Promise((resolve) => {
    const begun = ({ newState, createdAt }: { newState: voice.AgentState; createdAt: number }) => {
      if (newState !== 'speaking') return;
      session.off(voice.AgentSessionEventTypes.AgentStateChanged, begun);
      // Read late: a preemptive answer begins before its question is in the history.
      const question = session.history.items.findLast(
        (item) => item.type === 'message' && item.role === 'user',
      );
      const stoppedAt =
        question?.type === 'message' ? question.metrics?.stoppedSpeakingAt : undefined;
      resolve(stoppedAt === undefined ? undefined : createdAt - stoppedAt * 1_000);
    };
    session.on(voice.AgentSessionEventTypes.AgentStateChanged, begun);
  });
}
