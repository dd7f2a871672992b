import { z } from 'zod';
import type { StuckReport } from '@/lib/failover/stuck-answer';

/** Body of `POST /api/rooms/{room}/stuck`. */
export const stuckReport = z.strictObject({
  identity: z.string().min(1).max(256).meta({ description: 'Identity of the agent in the room.' }),
  ms: z.int().min(0).meta({ description: 'For how many milliseconds it has not answered.' }),
  replace: z.boolean().default(false),
}) satisfies z.ZodType<StuckReport>;
