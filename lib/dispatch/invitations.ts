// Invitations to a call, and the tokens of colleagues who join by them. Each admits one person, once, within 15 minutes. All
// web processes share them; a single process keeps them in memory, because invitations are short-lived.

import { AccessToken } from 'livekit-server-sdk';
import { appConfig } from '@/app-config';
import { listedAgent } from '@/lib/agents/registry';
import type { AgentsServer } from '@/lib/agents/server';
import { accountExists } from '@/lib/auth/account-changes';
import type { Ground } from '@/lib/cluster/ground';
import { sharedState } from '@/lib/cluster/shared-state';
import { unguessable } from '@/lib/core/ids';
import { Problem } from '@/lib/core/problem';
import { checkedName } from '@/lib/dispatch/checks';
import { liveRoom } from '@/lib/dispatch/room-facts';
import { callGrant } from '@/lib/dispatch/tokens';
import { agentNameOf, PERSON_ATTRIBUTES, type Takeover } from '@/lib/livekit/attributes';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';

/** Milliseconds for which an invitation is valid. */
export const INVITATION_MS = 15 * 60_000;

/** An invitation. Times are milliseconds since 1970. */
export interface Invitation {
  readonly id: string;
  readonly room: string;
  /** What the agent does when the colleague joins. */
  readonly takeover: Takeover;
  /** Account of whoever invites; undefined without one. */
  readonly by?: string | undefined;
  readonly expiresAt: number;
  /** Whether somebody was or is being admitted with it. */
  readonly used: boolean;
}

const invitations = sharedState<Invitation>('invitation');

/** @throws {Problem} 403 if invitations are off */
function requireInvitations(): void {
  if (appConfig.features.invitations) return;
  throw new Problem('feature-off', 'Invitations are turned off in app-config.ts.');
}

/**
 * Returns the invitation if it is valid.
 * @throws {Problem} 404; 410 if it was used or has expired
 */
export function usable(invitation: Invitation | undefined, now: number): Invitation {
  if (!invitation) throw new Problem('unknown-invitation', 'The link is incomplete or too old.');
  if (invitation.used) {
    throw new Problem('invitation-used', 'It can be used only once. Ask for another one.');
  }
  if (now >= invitation.expiresAt) {
    throw new Problem('invitation-expired', 'It was valid for 15 minutes. Ask for another one.');
  }
  return invitation;
}

/**
 * Creates an invitation to a room.
 * @param by account of whoever invites
 * @throws {Problem} 503 if the database does not respond, 403 if invitations are off
 */
export async function invite(
  server: Ground,
  room: string,
  takeover: Takeover,
  by?: string,
): Promise<Invitation> {
  requireInvitations();
  const now = Date.now();
  const id = unguessable('join');
  const after = { id, room, takeover, by, expiresAt: now + INVITATION_MS, used: false };
  return invitations.change(server, id, () => ({ after, result: after }));
}

/** An invitation of somebody who was removed since is not valid. @throws {Problem} 404; 503 if the database does not respond */
async function requireInviter(server: Ground, { by }: Invitation): Promise<void> {
  if (by === undefined || (await accountExists(server, by))) return;
  throw new Problem('unknown-invitation', 'The person who invited you has no account any more.');
}

/** The valid invitation with this ID. @throws {Problem} see {@link usable}; 403 if invitations are off */
export async function findInvitation(server: Ground, id: string): Promise<Invitation> {
  requireInvitations();
  const invitation = usable(await invitations.read(server, id), Date.now());
  await requireInviter(server, invitation);
  return invitation;
}

/**
 * Admits somebody with an invitation. It counts as used from the start, so that two people can never both join
 * with it, and as unused again if `letIn` fails.
 * @throws {Problem} see {@link usable}, 403 if invitations are off, and whatever `letIn` throws
 */
export async function redeem<T>(
  server: Ground,
  id: string,
  letIn: (by: Invitation) => Promise<T>,
): Promise<T> {
  requireInvitations();
  const invitation = await invitations.change(server, id, (before) => {
    const result = usable(before, Date.now());
    return { after: { ...result, used: true }, result };
  });
  try {
    await requireInviter(server, invitation);
    return await letIn(invitation);
  } catch (error) {
    await invitations.change(server, id, () => ({ after: invitation, result: undefined }));
    throw error;
  }
}

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
  readonly agent?: string | undefined;
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
export async function readInvitation(server: AgentsServer, id: string): Promise<InvitationView> {
  const { livekit } = server;
  const invitation = await findInvitation(server, id);
  await requireLiveCall(livekit, invitation);
  const present = await callLiveKit(livekit.rooms.listParticipants(invitation.room), []);
  const names = present.map(({ attributes }) => agentNameOf(attributes));
  return {
    takeover: invitation.takeover,
    expires_at: new Date(invitation.expiresAt).toISOString(),
    agent: names.findLast((name) => listedAgent(server, name)),
  };
}

/**
 * A token for a colleague. It allows joining this room, publishing the microphone and data, and subscribing.
 * @param account of the colleague, if they are signed in, so that they leave the call when it is removed
 * @throws {Problem} 422 if the name is invalid, 410 if the call has ended
 */
export async function admitColleague(
  { livekit, config }: Ground,
  invitation: Invitation,
  called: string,
  account?: string,
): Promise<string> {
  const name = checkedName('name', called.trim());
  await requireLiveCall(livekit, invitation);
  const token = new AccessToken(config.LIVEKIT_API_KEY, config.LIVEKIT_API_SECRET, {
    identity: unguessable('colleague'),
    ...(name !== undefined && { name }),
    attributes: {
      [PERSON_ATTRIBUTES.takeover]: invitation.takeover,
      ...(account !== undefined && { [PERSON_ATTRIBUTES.account]: account }),
    },
    ttl: TOKEN_TTL_SECONDS,
  });
  token.addGrant(callGrant(invitation.room));
  return token.toJwt();
}
