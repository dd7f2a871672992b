// Invitations to a call. Each admits one person, once, within 15 minutes. All web processes share them; a single
// process keeps them in memory, because invitations are short-lived.

import { sharedState } from '@/lib/cluster/shared-state';
import { unguessable } from '@/lib/core/ids';
import { Problem } from '@/lib/core/problem';
import type { Takeover } from '@/lib/livekit/attributes';

/** Milliseconds for which an invitation is valid. */
export const INVITATION_MS = 15 * 60_000;
/** Milliseconds for which an expired invitation is remembered, to tell it from a wrong link. */
const REMEMBER_MS = 24 * 3_600_000;

/** An invitation. Times are milliseconds since 1970. */
export interface Invitation {
  readonly id: string;
  readonly room: string;
  /** What the agent does when the colleague joins. */
  readonly takeover: Takeover;
  readonly expiresAt: number;
  /** Whether somebody was or is being admitted with it. */
  readonly used: boolean;
}

const invitations = sharedState<Invitation>('invitation');

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

/** Creates an invitation to a room. @throws {Problem} 503 if the database does not respond */
export async function invite(room: string, takeover: Takeover): Promise<Invitation> {
  const now = Date.now();
  await invitations.forget(now - INVITATION_MS - REMEMBER_MS);
  const id = unguessable('join');
  const after = { id, room, takeover, expiresAt: now + INVITATION_MS, used: false };
  return invitations.change(id, () => ({ after, result: after }));
}

/** The valid invitation with this ID. @throws {Problem} see {@link usable} */
export async function findInvitation(id: string): Promise<Invitation> {
  return usable(await invitations.read(id), Date.now());
}

/**
 * Admits somebody with an invitation. It counts as used from the start, so that two people can never both join
 * with it, and as unused again if `letIn` fails.
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
