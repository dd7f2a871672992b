import { z } from 'zod';
import { message } from '@/lib/livekit/json';
import { agentFields, OLD_AGENT } from '@/lib/livekit/token-request';

/** Body of `POST /api/calls/outbound`. */
export const outboundRequest = message({ ...agentFields, to: z.string() }, OLD_AGENT);
