// What the routes answer that admit somebody to a room: the response of LiveKit's standard token endpoint.
import * as z from 'zod/mini';

export const admission = z
  .object({
    server_url: z.string().check(z.describe("LiveKit's address.")),
    participant_token: z.string().check(z.describe('For one call, valid for five minutes.')),
  })
  .check(z.meta({ id: 'Admission' }));
export type Admission = z.output<typeof admission>;
