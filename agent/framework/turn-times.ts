// What: when a caller's turn was spoken.
// Why: the framework begins it with the first sound since the last turn, which may be a cough a minute ago; and on a busy
// machine, where a transcript can be there before the voice activity, it gives a spoken turn no times at all, as if it
// were typed. Timelines, recordings and exports show when a turn was spoken.
// Upstream: https://github.com/livekit/agents-js/issues/2429. `startedSpeakingAt` would have to be that of the first
// speech with words.
import { voice } from '@livekit/agents';
import { isWritten } from '@/agent/framework/written-message';

const { AgentSessionEventTypes: On } = voice;

/** Sets the start of each spoken turn of this session to its first words, and its end if the framework has none. */
export function correctTurnTimes(session: voice.AgentSession): void {
  // Seconds since 1970, as in the framework's metrics.
  let began = 0;
  let ended = 0;
  let worded = false;
  session.on(On.UserStateChanged, ({ newState, createdAt }) => {
    if (newState !== 'speaking') ended = createdAt / 1_000;
    else if (!worded) began = createdAt / 1_000;
  });
  session.on(On.UserInputTranscribed, ({ isFinal }) => {
    worded ||= isFinal;
  });
  session.on(On.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || item.role !== 'user') return;
    const { metrics } = item;
    if (metrics.startedSpeakingAt !== undefined) {
      metrics.startedSpeakingAt = Math.max(metrics.startedSpeakingAt, began);
    } else if (worded && !isWritten(item)) {
      const committed = item.createdAt / 1_000;
      metrics.startedSpeakingAt = began || committed;
      metrics.stoppedSpeakingAt = ended > began ? ended : committed;
    }
    [began, ended, worded] = [0, 0, false];
  });
}
