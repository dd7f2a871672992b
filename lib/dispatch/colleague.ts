// Lets an invited colleague into a call: what stands on the invitation's page, and the token that
// it is redeemed for.
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
 * Seconds in which the token must be used. The page joins at once; a late one would make the room
 * anew, for LiveKit makes rooms for whoever joins.
 */
const TOKEN_TTL_SECONDS = 60;

/** An invitation as whoever has the link may see it. */
export interface InvitationView {
  readonly takeover: Takeover;
  /** ISO 8601. */
  readonly expires_at: string;
  /** Agent name of an agent that is in the call. */
  readonly agent?: string;
}

/** The room of an invitation. @throws {Problem} 410 once it is over */
async function requireGoingOn(livekit: LiveKit, { room }: Invitation): Promise<void> {
  if (await liveRoom(livekit, room)) return;
  throw new Problem('room-over', 'It ended before you came.');
}

/**
 * Looks at an invitation without using it.
 * @throws {Problem} 404, 410, or 503 where LiveKit does not say whether the call goes on
 */
export async function seeInvitation(livekit: LiveKit, id: string): Promise<InvitationView> {
  const invitation = await findInvitation(id);
  await requireGoingOn(livekit, invitation);
  const present = await asked(livekit.rooms.listParticipants(invitation.room), []);
  const names = present.map(({ attributes }) => attributes[AGENT_ATTRIBUTES.agent] ?? '');
  return {
    takeover: invitation.takeover,
    expires_at: new Date(invitation.expiresAt).toISOString(),
    agent: names.findLast((name) => findAgent(name)),
  };
}

/** What signs tokens: LiveKit's key and secret. */
interface Signer {
  readonly LIVEKIT_API_KEY: string;
  readonly LIVEKIT_API_SECRET: string;
}

/**
 * The token of a colleague: joining this room, the microphone, data and listening, and nothing else.
 * @throws {Problem} 422 where the name cannot be one, 410 where the call is over
 */
export async function admitColleague(
  livekit: LiveKit,
  invitation: Invitation,
  called: string,
  { LIVEKIT_API_KEY, LIVEKIT_API_SECRET }: Signer,
): Promise<string> {
  const name = checkedName('name', called.trim());
  await requireGoingOn(livekit, invitation);
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
