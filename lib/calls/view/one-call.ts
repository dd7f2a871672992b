// Reads one call by its id, for routes and the page.

import type { Timeline } from '@/lib/calls/call';
import { neighbours, readTimeline } from '@/lib/calls/store/store';
import { timelineForCallers } from '@/lib/calls/view/for-callers';
import type { Ground } from '@/lib/cluster/ground';
import { Problem } from '@/lib/core/problem';

/** A call, and the ids of its neighbours in the list. */
export interface CallDetail extends Timeline {
  /** Id of the next newer call. */
  readonly newer?: string | undefined;
  /** Id of the next older call. */
  readonly older?: string | undefined;
}

/**
 * @param account restricts access to calls of this account
 * @throws {Problem} 404; 503 if the database does not answer
 */
export async function callTimeline(
  server: Ground,
  id: string,
  account?: string,
): Promise<Timeline> {
  const timeline = await readTimeline(server, id);
  const hidden = account !== undefined && timeline?.call.account !== account;
  if (!timeline || hidden) throw new Problem('unknown-call', 'It does not exist or was deleted.');
  return account === undefined ? timeline : timelineForCallers(timeline);
}

/**
 * @param account restricts access to calls of this account
 * @throws {Problem} 404; 503 if the database does not answer
 */
export async function callDetail(
  server: Ground,
  id: string,
  account?: string,
): Promise<CallDetail> {
  const [timeline, beside] = await Promise.all([
    callTimeline(server, id, account),
    neighbours(server, id, account),
  ]);
  return { ...timeline, ...beside };
}
