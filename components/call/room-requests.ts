// Requests of a call's page about its room.
import { z } from 'zod';
import { CALLBACK, type Takeover } from '@/lib/livekit/attributes';
import { post } from './ask';
import type { AgentRef } from './call-snapshot';

const invitation = z.object({ url: z.string(), expires_at: z.iso.datetime() });
/** A link for one colleague, valid once, until `expires_at` (ISO 8601). */
export type InvitationLink = z.infer<typeof invitation>;

const pathOf = (room: string, what: string) => `/api/rooms/${encodeURIComponent(room)}/${what}`;

/**
 * Creates an invitation.
 * @throws {Refused}
 */
export const requestInvitation = (room: string, takeover: Takeover): Promise<InvitationLink> =>
  post(pathOf(room, 'invitations'), { takeover }, invitation);

/**
 * Calls an agent back into the room.
 * @throws {Refused} also if it has no live worker
 */
export async function requestCallBack(
  room: string,
  { agent, deployment }: AgentRef,
): Promise<void> {
  await post(pathOf(room, 'dispatches'), { agent, deployment, metadata: CALLBACK }, z.unknown());
}
