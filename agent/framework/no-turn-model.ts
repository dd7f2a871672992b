// What: no process for the framework's end-of-turn model.
// Why: it takes 250 MB next to each AgentServer, and no agent here uses the model.
// Upstream: https://github.com/livekit/agents/issues/6369 (Python). The runner would have to be registered by a session
// that uses it, or the server need an option.
import { InferenceRunner } from '@livekit/agents';

/** Prevents the model's registration: a key that is not enumerated has its name. Call it before the first server. */
export function withoutTurnModel(): void {
  Object.defineProperty(InferenceRunner.registeredRunners, 'lk_eot_audio', { value: 'not used' });
}
