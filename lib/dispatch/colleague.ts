// Admits an invited colleague to a call: the data of the invitation page, and the token for joining.
import { AccessToken, TrackSource } from 'livekit-server-sdk';
import { findAgent } from '@/lib/core/catalogue';
import { unguessable } from '@/lib/core/ids';
import { Problem } from '@/lib/core/problem';
import { AGENT_ATTRIBUTES, PERSON_ATTRIBUTES, type Takeover } from '@/lib/livekit/attributes';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { checkedName } from './checks';
import { findInvitation, type Invitation } from './invitations';
import { liveRoom } from './room-facts';

/**
 * Seconds in which the token must be used. The page joins at once; a late join would create the room again,
 * because LiveKit creates rooms for whoever joins.
 */
const TOKEN_TTL_SECONDS = 60;

/** An invitation as shown to anyone with the link. */
export interface InvitationView {
  readonly takeover: Takeover;
  /** ISO 8601. */
  readonly expires_at: string;
  /** Name of an agent in the call. */
  readonly agent?: string;
}

/** Requires the invitation's room to be live. @throws {Problem} 410 if it has ended */
async function requireLiveCall(livekit: LiveKit, { room }: Invitation): Promise<void> {
  if (await liveRoom(livekit, room)) return;
  throw new Problem('room-over', 'This call has already ended.');
}

/**
 * Reads an invitation without using it.
 * @throws {Problem} 404 or 410; 503 if LiveKit does not respond
 */
export async function readInvitation(livekit: LiveKit, id: string): Promise<InvitationView> {
  const invitation = await findInvitation(id);
  await requireLiveCall(livekit, invitation);
  const present = await asked(livekit.rooms.listParticipants(invitation.room), []);
  const names = present.map(({ attributes }) => attributes[AGENT_ATTRIBUTES.agent] ?? '');
  return {
    takeover: invitation.takeover,
    expires_at: new Date(invitation.expiresAt).toISOString(),
    agent: names.findLast((name) => findAgent(name)),
  };
}

/** LiveKit's API key and secret. */
interface Signer {
  readonly LIVEKIT_API_KEY: string;
  readonly LIVEKIT_API_SECRET: string;
}

/**
 * A token for a colleague. It allows joining this room, publishing the microphone and data, and subscribing.
 * @throws {Problem} 422 if the name is invalid, 410 if the call has ended
 */
export async function admitColleague(
  livekit: LiveKit,
  invitation: Invitation,
  called: string,
  { LIVEKIT_API_KEY, LIVEKIT_API_SECRET }: Signer,
): Promise<string> {
  const name = checkedName('name', called.trim());
  await requireLiveCall(livekit, invitation);
  const token = new AccessToken(LIVEKIT_API_KEY, LIVEKIT_API_SECRET, {
    identity: unguessable('colleague'),
    name,
    attributes: { [PERSON_ATTRIBUTES.takeover]: invitation.takeover },
    ttl: TOKEN_TTL_SECONDS,
  });
  token.addGrant({
    roomJoin: true,
    room: invitation.room,
    canPublish: true,
    canPublishSources: [TrackSource.MICROPHONE],
    canPublishData: true,
    canSubscribe: true,
    canUpdateOwnMetadata: false,
  });
  return token.toJwt();
}
