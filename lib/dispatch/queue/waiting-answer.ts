// What `GET /api/calls/waiting` answers, for the page that reads it and for the API's description. LiveKit's field names.
import * as z from 'zod/mini';

const waitingCaller = z.object({
  agent_name: z.string(),
  deployment: z.string(),
  /** From 1, the next to be admitted. */
  position: z.int(),
  /** When they first asked, in milliseconds since 1970. */
  since: z.number(),
  /** Their name, if it is known. */
  caller: z.optional(z.string()),
  /** Id of their call, if they wait in its room. */
  call: z.optional(z.string()),
});
export type WaitingCaller = z.infer<typeof waitingCaller>;

/** All who wait, the longest wait first. */
export const waitingAnswer = z.object({ waiting: z.array(waitingCaller) });
