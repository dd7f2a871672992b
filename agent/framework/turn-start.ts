// What: the start of a caller's turn.
// Why: the framework uses the first sound since the last turn, which may be a cough a minute ago. Timelines, recordings and
// exports show when a turn was spoken.
// Upstream: https://github.com/livekit/agents-js/issues/2429. `startedSpeakingAt` would have to be that of the first
// speech with words.
import { voice } from '@livekit/agents';

const { AgentSessionEventTypes: On } = voice;

/** Sets the start of each turn of this session to its first words. */
export function correctTurnStart(session: voice.AgentSession): void {
  let began = 0;
  let worded = false;
  session.on(On.UserStateChanged, ({ newState, createdAt }) => {
    if (newState === 'speaking' && !worded) began = createdAt / 1_000;
  });
  session.on(On.UserInputTranscribed, ({ isFinal }) => {
    worded ||= isFinal;
  });
  session.on(On.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || item.role !== 'user') return;
    const { metrics } = item;
    if (metrics.startedSpeakingAt !== undefined) {
      metrics.startedSpeakingAt = Math.max(metrics.startedSpeakingAt, began);
    }
    worded = false;
  });
}
