// Calls over HTTP, as the pages load, end and delete them.
import { pageMessages } from '@/components/language/page-messages';
import type { LiveCall } from '@/lib/calls/view/live-calls';
import type { Loaded } from '@/lib/calls/view/merge-page';
import type { CallDetail } from '@/lib/calls/view/one-call';
import { fromWire } from '@/lib/core/snake-case';
import { callsMessages } from '@/lib/messages/calls';

/** Why something was not loaded or done, in words. */
export class CallsProblem extends Error {
  constructor(
    detail: string,
    /** HTTP status; 0 where there was no answer. */
    readonly status: number,
  ) {
    super(detail);
  }
}

/** Any thrown value as one of ours. */
export const asProblem = (error: unknown): CallsProblem => {
  const { callsText } = pageMessages(callsMessages);
  return error instanceof CallsProblem ? error : new CallsProblem(callsText.unreachable, 0);
};

/** Asks the API. @throws {CallsProblem} */
export async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
  const { callsText } = pageMessages(callsMessages);
  const response = await fetch(path, { cache: 'no-store', ...init });
  if (response.status === 204) return undefined;
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  throw new CallsProblem(body.detail ?? callsText.unreachable, response.status);
}

/** A page of calls that are over. @throws {CallsProblem} */
export async function loadHistory(
  query: URLSearchParams,
  more: { readonly cursor?: string; readonly signal?: AbortSignal } = {},
): Promise<Loaded> {
  const params = new URLSearchParams(query);
  params.set('live', 'false');
  if (more.cursor) params.set('cursor', more.cursor);
  const body = await ask(`/api/calls?${params}`, { signal: more.signal });
  const { calls, nextCursor } = fromWire<{ calls: Loaded['calls']; nextCursor?: string }>(body);
  return { calls, next: nextCursor };
}

/** The calls that are on. @throws {CallsProblem} */
export async function loadLive(): Promise<readonly LiveCall[]> {
  const body = await ask('/api/calls?live=true&limit=100');
  return fromWire<{ calls: readonly LiveCall[] }>(body).calls;
}

const one = (id: string) => `/api/calls/${encodeURIComponent(id)}`;

/** One call. @throws {CallsProblem} */
export const loadCall = async (id: string) => fromWire<CallDetail>(await ask(one(id)));

/** A recording that the deletion of its call did not reach. */
export interface LeftRecording {
  readonly file: string;
  /** Where LiveKit's Egress said that it is. */
  readonly location?: string;
}

/** What the deletion of a call did not reach. */
export interface LeftOver {
  /** Recordings that are elsewhere, and stay. */
  readonly notDeleted: readonly LeftRecording[];
  /** Whether Letta is away: what it remembers of the call is deleted when it is back. */
  readonly lettaLater?: true;
}

/** Deletes a call; tells what is left of it, if anything is. @throws {CallsProblem} */
export async function removeCall(id: string): Promise<LeftOver | undefined> {
  const body = await ask(one(id), { method: 'DELETE' });
  return fromWire<LeftOver | undefined>(body);
}

/** Where a recording of a call is to be had. */
export const recordingHref = (id: string, n: number) => `${one(id)}/recordings/${n}`;

/** Where a call's transcript is to be had. */
export const exportHref = (id: string, format: string) => `${one(id)}/transcript?format=${format}`;

/** Ends a call for everyone in it. @throws {CallsProblem} */
export const endCall = (room: string, reason: string) =>
  ask(
    `/api/rooms/${encodeURIComponent(room)}${reason ? `?${new URLSearchParams({ reason })}` : ''}`,
    { method: 'DELETE' },
  );

/** Where to join, and with what. */
export interface Admission {
  readonly server_url: string;
  readonly participant_token: string;
}

/** The right to listen to the call in a room. @throws {CallsProblem} 404 where nobody is in it */
export const askToListen = (room: string) =>
  ask(`/api/rooms/${encodeURIComponent(room)}/listen`, { method: 'POST' }) as Promise<Admission>;
