// What: no process for the framework's end-of-turn model, and no use of it.
// Why: it takes 250 MB next to each AgentServer, and no agent here needs it. A session that expects the process would take
// its error for "the caller goes on", and answer seconds late; without it, a pause ends the turn.
// Upstream: https://github.com/livekit/agents/issues/6369 (Python). The runner would have to be registered by a session
// that uses it, or the server need an option.
import { InferenceRunner, type JobContext } from '@livekit/agents';

/** Prevents the model's registration: a key that is not enumerated has its name. Call it before the first server. */
export function withoutTurnModel(): void {
  Object.defineProperty(InferenceRunner.registeredRunners, 'lk_eot_audio', { value: 'not used' });
}

/** Tells the sessions of a job that there is no process with models. */
export function withoutModelProcess(ctx: JobContext): void {
  Object.defineProperty(ctx, 'inferenceExecutor', { value: undefined });
}
