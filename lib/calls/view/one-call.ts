// Reads one call by its id, for routes and the page.

import type { Mark, Timeline } from '@/lib/calls/call';
import type { EventKind } from '@/lib/calls/event';
import { neighbours, readTimeline } from '@/lib/calls/store/store';
import type { Ground } from '@/lib/cluster/ground';
import { Problem } from '@/lib/core/problem';

/** A call, and the ids of its neighbours in the list. */
export interface CallDetail extends Timeline {
  /** Id of the next newer call. */
  readonly newer?: string | undefined;
  /** Id of the next older call. */
  readonly older?: string | undefined;
}

/** For the team alone: how its agent works, and what the team's code says about the caller. */
const FOR_TEAM: readonly EventKind[] = ['agent_config', 'spans', 'evaluation', 'tagged'];

function markForCallers(mark: Mark): Mark[] {
  if (mark.kind !== 'event') return [mark];
  const { what } = mark;
  if (FOR_TEAM.includes(what.kind)) return [];
  if (what.kind === 'error') return [{ ...mark, what: { ...what, stack: undefined } }];
  if (what.kind === 'outcome') return [{ ...mark, what: { ...what, reason: undefined } }];
  return [mark];
}

/** A timeline as those see it who see their own calls only. */
export const forCallers = ({ marks, ...timeline }: Timeline): Timeline => ({
  ...timeline,
  marks: marks.flatMap(markForCallers),
});

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
  return account === undefined ? timeline : forCallers(timeline);
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
