// What is kept of a caller over HTTP, as the page loads and deletes it.
import { ask, type LeftRecording } from '@/components/calls/calls-client';
import { fromWire } from '@/lib/core/snake-case';

const one = (caller: string) => `/api/callers/${encodeURIComponent(caller)}`;

/** Where everything of a caller is to be had as a file. */
export const callerExportHref = (caller: string) => `${one(caller)}/export`;

/** What became of a caller's data. */
export interface Deleted {
  readonly calls: number;
  readonly lettaAgents: number;
  readonly notDeleted: readonly LeftRecording[];
}

/** Deletes everything of a caller. @throws {CallsProblem} */
export const removeCaller = async (caller: string) =>
  fromWire<Deleted>(await ask(one(caller), { method: 'DELETE' }));
