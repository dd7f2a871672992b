// HTTP client for calls. All functions that send requests throw an `ApiError`.

import { request } from '@/components/ui/request';
import type { LiveCall } from '@/lib/calls/view/live-calls';
import type { Loaded } from '@/lib/calls/view/merge-page';
import type { CallDetail } from '@/lib/calls/view/one-call';
import { pathSegment } from '@/lib/core/path-segment';
import { fromWire } from '@/lib/core/snake-case';
import { admission } from '@/lib/livekit/admission';

/** Loads a page of past calls. */
export async function loadHistory(
  query: URLSearchParams,
  more: { readonly cursor?: string; readonly signal?: AbortSignal } = {},
): Promise<Loaded> {
  const params = new URLSearchParams(query);
  params.set('live', 'false');
  if (more.cursor) params.set('cursor', more.cursor);
  const body = await request(`/api/calls?${params}`, { signal: more.signal });
  const { calls, nextCursor } = fromWire<{ calls: Loaded['calls']; nextCursor?: string }>(body);
  return { calls, next: nextCursor };
}

/** Loads the calls in progress. */
export async function loadLive(): Promise<readonly LiveCall[]> {
  const body = await request('/api/calls?live=true&limit=100');
  return fromWire<{ calls: readonly LiveCall[] }>(body).calls;
}

const one = (id: string) => `/api/calls/${pathSegment(id)}`;

export const loadCall = async (id: string) => fromWire<CallDetail>(await request(one(id)));

/** A recording that was not deleted with its call. */
export interface LeftRecording {
  readonly file: string;
  /** Location reported by LiveKit Egress. */
  readonly location?: string;
}

/** What was not deleted with a call. */
export interface LeftOver {
  /** Recordings that are stored elsewhere. */
  readonly notDeleted: readonly LeftRecording[];
  /** Set if Letta is not available: its memory of the call is deleted when it is back. */
  readonly lettaLater?: true;
}

/** Deletes a call. Resolves with what was not deleted, if anything. */
export async function removeCall(id: string): Promise<LeftOver | undefined> {
  const body = await request(one(id), { method: 'DELETE' });
  return fromWire<LeftOver | undefined>(body);
}

/** URL of a recording. */
export const recordingHref = (id: string, n: number) => `${one(id)}/recordings/${n}`;

/** URL of the past calls of a filter as JSON Lines. */
export const callsExportHref = (query: URLSearchParams) =>
  `/api/calls/export?${new URLSearchParams([...query, ['live', 'false']])}`;

/** URL of a transcript. */
export const exportHref = (id: string, format: string) => `${one(id)}/transcript?format=${format}`;

/** Link to a call as a scenario for simulations. */
export const simulationHref = (id: string) => `${one(id)}/simulation`;

/** Ends a call for everybody. */
export const endCall = (room: string, reason: string) =>
  request(`/api/rooms/${pathSegment(room)}${reason ? `?${new URLSearchParams({ reason })}` : ''}`, {
    method: 'DELETE',
  });

/**
 * Tells the agents in a room something that the caller does not hear.
 * @throws {ApiError} 409 if no agent is there
 */
export const sendWhisper = (room: string, text: string) =>
  request(`/api/rooms/${pathSegment(room)}/whisper`, {
    body: { text },
  });

/**
 * Requests a token to listen to the call in a room.
 * @throws {ApiError} 404 if the room is empty
 */
export const requestListenToken = (room: string) =>
  request(`/api/rooms/${pathSegment(room)}/listen`, { method: 'POST', schema: admission });
