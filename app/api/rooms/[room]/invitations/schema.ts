import { z } from 'zod';
import { TAKEOVER } from '@/lib/livekit/attributes';

/** Body of `POST /api/rooms/{room}/invitations`: what the agent does while the colleague is there. */
export const invitationRequest = z.strictObject({ takeover: z.enum(TAKEOVER) });
