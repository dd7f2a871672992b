// Merges the refreshed first page into a list that grows at its top, without losing the reader's position.
import { uniqBy } from 'es-toolkit';
import type { CallSummary } from '@/lib/calls/call';

/** The loaded calls of a filter, newest first. */
export interface Loaded {
  readonly calls: readonly CallSummary[];
  /** Cursor of the next older page; undefined if all calls are loaded. */
  readonly next: string | undefined;
}

const newestFirst = (a: CallSummary, b: CallSummary) =>
  b.requestedAt - a.requestedAt || (a.id < b.id ? 1 : -1);

/**
 * Merges a refreshed first page. Within the range of the page its content is authoritative: calls may be changed, added
 * or removed. Older calls stay. If page and known calls do not overlap, more than a page of calls is new, and only the
 * page is kept.
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

/** Appends the next older page. */
export function appendPage(known: Loaded, page: Loaded): Loaded {
  return { calls: uniqBy([...known.calls, ...page.calls], ({ id }) => id), next: page.next };
}
