// One call by its id, as the routes and the page need it.
import { Problem } from '@/lib/core/problem';
import type { Timeline } from '../call';
import { neighbours, readTimeline } from '../store/store';

/** A call, and the ids of those before and after it. */
export interface CallDetail extends Timeline {
  /** Id of the call that came next. */
  readonly newer?: string;
  /** Id of the one before. */
  readonly older?: string;
}

/**
 * @param account where only calls of this account may be seen
 * @throws {Problem} 404; 503 where the database does not answer
 */
export async function callTimeline(id: string, account?: string): Promise<Timeline> {
  const timeline = await readTimeline(id);
  const hidden = account !== undefined && timeline?.call.account !== account;
  if (!timeline || hidden) throw new Problem('unknown-call', 'It never was, or it was deleted.');
  return timeline;
}

/**
 * @param account where only calls of this account may be seen
 * @throws {Problem} 404; 503 where the database does not answer
 */
export async function callDetail(id: string, account?: string): Promise<CallDetail> {
  const [timeline, beside] = await Promise.all([
    callTimeline(id, account),
    neighbours(id, account),
  ]);
  return { ...timeline, ...beside };
}
