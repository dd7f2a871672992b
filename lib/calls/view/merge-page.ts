// A list that grows at its top while somebody reads it: the newest page, looked at again, and what is
// known already come together without losing the reader's place.
import type { CallSummary } from '../call';

/** Calls of a filter, newest first, as far as they were loaded. */
export interface Loaded {
  readonly calls: readonly CallSummary[];
  /** Cursor of the next older ones; undefined where these are all. */
  readonly next: string | undefined;
}

const newestFirst = (a: CallSummary, b: CallSummary) =>
  b.requestedAt - a.requestedAt || (a.id < b.id ? 1 : -1);

/**
 * What is known after the first page was loaded again.
 * What the page spans is as the page has it: changed, added or gone. What is older stays. Where
 * page and known do not meet, more came than fit a page, and the page alone stands.
 */
export function mergePage(known: Loaded, page: Loaded): Loaded {
  const last = page.calls.at(-1);
  if (page.next === undefined || !last) return page;
  const ids = new Set(page.calls.map(({ id }) => id));
  if (!known.calls.some(({ id }) => ids.has(id))) return page;
  const older = known.calls.filter((call) => !ids.has(call.id) && newestFirst(last, call) < 0);
  if (older.length === 0) return page;
  return { calls: [...page.calls, ...older], next: known.next };
}

/** What is known after the next older ones were loaded. */
export function appendPage(known: Loaded, page: Loaded): Loaded {
  const ids = new Set(known.calls.map(({ id }) => id));
  return {
    calls: [...known.calls, ...page.calls.filter(({ id }) => !ids.has(id))],
    next: page.next,
  };
}
