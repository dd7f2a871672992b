// Callers may act only in the room they are in, by the account in their token.

import { hasPermission, type Visitor } from '@/lib/auth/permissions';
import { notPermitted } from '@/lib/auth/refusals';
import { PRODUCTION } from '@/lib/core/deployment';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';

interface RoomRequest {
  /** Deployment of the requested agent. */
  readonly deployment?: string;
  /** Also if no worker is live. */
  readonly force?: boolean | undefined;
  /** Whether it changes the agent's models, voice or instructions. */
  readonly overrides?: boolean;
}

/**
 * Allows visitors who may dispatch, and callers in their own room, who may request an agent on production or on the
 * deployment that a traffic split sent them to.
 * @throws {Problem} 403; 503 if LiveKit does not answer
 */
export async function requireOwnRoom(
  livekit: LiveKit,
  room: string,
  visitor: Visitor,
  { deployment = PRODUCTION, force = false, overrides = false }: RoomRequest = {},
): Promise<void> {
  if (hasPermission(visitor, 'dispatch')) return;
  const people = await callLiveKit(livekit.rooms.listParticipants(room), []);
  const own = people.find(
    ({ attributes }) =>
      visitor.account !== undefined &&
      attributes[PERSON_ATTRIBUTES.account] === visitor.account &&
      // A colleague is a guest in somebody else's call.
      attributes[PERSON_ATTRIBUTES.takeover] === undefined,
  );
  if (!own) throw notPermitted('You are not in this room.');
  if (overrides) throw notPermitted('Only developers can change models, voice or instructions.');
  if (
    force ||
    (deployment !== PRODUCTION && deployment !== own.attributes[PERSON_ATTRIBUTES.share])
  ) {
    throw notPermitted(
      'Only developers can request an agent from another deployment than that of the call.',
    );
  }
}
