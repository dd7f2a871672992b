// What the route that deletes a caller's data answers with, as the page of the caller reads it.
import * as z from 'zod/mini';
import { wire } from '@/lib/core/snake-case';

export const deletedView = wire(
  z.object({
    calls: z.number(),
    /** Agents of Letta that forgot the caller; without that feature, nobody says. */
    lettaAgents: z._default(z.number(), 0),
    /** Recordings that are stored elsewhere, with the location that LiveKit Egress reported. */
    notDeleted: z.array(z.object({ file: z.string(), location: z.optional(z.string()) })),
  }),
);
export type DeletedView = ReturnType<typeof deletedView.parse>;
