// What the routes answer that admit somebody to a room: the response of LiveKit's standard token endpoint.
import { z } from 'zod';

export const admission = z
  .object({
    server_url: z.string().meta({ description: "LiveKit's address." }),
    participant_token: z.string().meta({ description: 'For one call, valid for five minutes.' }),
  })
  .meta({ id: 'Admission' });
export type Admission = z.output<typeof admission>;
