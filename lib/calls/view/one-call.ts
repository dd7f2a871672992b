// Reads one call by its id, for routes and the page.
import type { Ground } from '@/lib/cluster/ground';
import { Problem } from '@/lib/core/problem';
import type { Mark, Timeline } from '../call';
import { neighbours, readTimeline } from '../store/store';

/** A call, and the ids of its neighbours in the list. */
export interface CallDetail extends Timeline {
  /** Id of the next newer call. */
  readonly newer?: string;
  /** Id of the next older call. */
  readonly older?: string;
}

/** A mark without what is for developers: the stacks of errors, an agent's instructions and its measured steps. */
function markForCallers(mark: Mark): Mark[] {
  if (mark.kind !== 'event') return [mark];
  const { what } = mark;
  if (what.kind === 'spans') return [];
  if (what.kind === 'error') return [{ ...mark, what: { ...what, stack: undefined } }];
  if (what.kind === 'agent_config')
    return [{ ...mark, what: { ...what, instructions: undefined } }];
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
