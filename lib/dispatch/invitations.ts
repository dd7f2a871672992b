// Invitations into a call: each lets one person in, once, for a quarter of an hour. Shared by all
// web processes; one that is alone keeps them in memory, for a link is sent to be used now.

import { sharedState } from '@/lib/cluster/shared-state';
import { unguessable } from '@/lib/core/ids';
import { Problem } from '@/lib/core/problem';
import type { Takeover } from '@/lib/livekit/attributes';

/** Milliseconds for which an invitation holds. */
export const INVITATION_MS = 15 * 60_000;
/** Milliseconds for which one that has expired is remembered, so that it can be told from a wrong link. */
const REMEMBER_MS = 24 * 3_600_000;

/** An invitation. Times are milliseconds since 1970. */
export interface Invitation {
  readonly id: string;
  readonly room: string;
  /** What the agent does when the colleague comes. */
  readonly takeover: Takeover;
  readonly expiresAt: number;
  /** Somebody was let in by it, or is being let in. */
  readonly used: boolean;
}

const invitations = sharedState<Invitation>('invitation');

/**
 * The invitation, if it still lets somebody in.
 * @throws {Problem} 404, or 410 where it was used or has expired
 */
export function usable(invitation: Invitation | undefined, now: number): Invitation {
  if (!invitation) throw new Problem('unknown-invitation', 'The link is incomplete, or very old.');
  if (invitation.used) {
    throw new Problem('invitation-used', 'It lets one person in, once. Ask for another one.');
  }
  if (now >= invitation.expiresAt) {
    throw new Problem('invitation-expired', 'It held for 15 minutes. Ask for another one.');
  }
  return invitation;
}

/** Makes an invitation into a room. @throws {Problem} 503 where the database does not answer */
export async function invite(room: string, takeover: Takeover): Promise<Invitation> {
  const now = Date.now();
  await invitations.forget(now - INVITATION_MS - REMEMBER_MS);
  const id = unguessable('join');
  const after = { id, room, takeover, expiresAt: now + INVITATION_MS, used: false };
  return invitations.change(id, () => ({ after, result: after }));
}

/** The invitation of that id, unused. @throws {Problem} see {@link usable} */
export async function findInvitation(id: string): Promise<Invitation> {
  return usable(await invitations.read(id), Date.now());
}

/**
 * Lets somebody in by an invitation. It counts as used from the first moment, so that two at once
 * never both come in, and as unused again where `letIn` fails.
 * @throws {Problem} see {@link usable}, and whatever `letIn` throws
 */
export async function redeem<T>(id: string, letIn: (by: Invitation) => Promise<T>): Promise<T> {
  const invitation = await invitations.change(id, (before) => {
    const result = usable(before, Date.now());
    return { after: { ...result, used: true }, result };
  });
  try {
    return await letIn(invitation);
  } catch (error) {
    await invitations.change(id, () => ({ after: invitation, result: undefined }));
    throw error;
  }
}
