import { z } from 'zod';

/** Body of `POST /api/invitations/{invitation}`: the colleague's name. */
export const redemption = z.strictObject({ name: z.string() });
