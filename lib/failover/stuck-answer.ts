// `POST /api/rooms/{room}/stuck`: what the page sends and reads.
import * as z from 'zod/mini';

/** An agent that does not answer. */
export interface StuckReport {
  /** The agent's identity in the room. */
  readonly identity: string;
  /** For how many milliseconds. */
  readonly ms: number;
  /** Whether to replace it, whatever its team has chosen. */
  readonly replace: boolean;
}

/**
 * What is done: another agent is offered, is on its way, or is not sent. `times`: how often an agent of this name was
 * replaced in the call before.
 */
export const stuckAnswer = z.object({
  done: z.enum(['offered', 'replaced', 'abandoned']),
  times: z.int(),
});
export type StuckAnswer = z.infer<typeof stuckAnswer>;
