// Invitations into a call: each lets one person in, once, for a quarter of an hour. Kept in memory:
// a call does not outlive the server it runs on by much, and a link is sent to be used now.
import { unguessable } from './dispatch/checks';
import { Problem } from './problem';
import type { Takeover } from './signals';

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

type Kept = ReadonlyMap<string, Invitation>;

/** What is kept once an invitation was added or changed; those long expired fall out. */
export function withInvitation(kept: Kept, invitation: Invitation, now: number): Kept {
  const fresh = [...kept].filter(([, { expiresAt }]) => now - expiresAt < REMEMBER_MS);
  return new Map(fresh).set(invitation.id, invitation);
}

/**
 * The invitation of that id, if it still lets somebody in.
 * @throws {Problem} 404, or 410 where it was used or has expired
 */
export function usable(kept: Kept, id: string, now: number): Invitation {
  const invitation = kept.get(id);
  if (!invitation) throw new Problem('unknown-invitation', 'The link is incomplete, or very old.');
  if (invitation.used) {
    throw new Problem('invitation-used', 'It lets one person in, once. Ask for another one.');
  }
  if (now >= invitation.expiresAt) {
    throw new Problem('invitation-expired', 'It held for 15 minutes. Ask for another one.');
  }
  return invitation;
}

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardInvitations?: Kept };
const all = (): Kept => shared.callboardInvitations ?? new Map();
const keep = (invitation: Invitation) => {
  shared.callboardInvitations = withInvitation(all(), invitation, Date.now());
};

/** Makes an invitation into a room. */
export function invite(room: string, takeover: Takeover): Invitation {
  const expiresAt = Date.now() + INVITATION_MS;
  const invitation = { id: unguessable('join'), room, takeover, expiresAt, used: false };
  keep(invitation);
  return invitation;
}

/** The invitation of that id, unused. @throws {Problem} see {@link usable} */
export const findInvitation = (id: string) => usable(all(), id, Date.now());

/**
 * Lets somebody in by an invitation. It counts as used from the first moment, so that two at once
 * never both come in, and as unused again where `letIn` fails.
 * @throws {Problem} see {@link usable}, and whatever `letIn` throws
 */
export async function redeem<T>(id: string, letIn: (by: Invitation) => Promise<T>): Promise<T> {
  const invitation = findInvitation(id);
  keep({ ...invitation, used: true });
  try {
    return await letIn(invitation);
  } catch (error) {
    keep(invitation);
    throw error;
  }
}
