// HTTP client for calls. All functions that send requests throw an `ApiError`.

import { request } from '@/components/ui/request';
import { callAnswer, callsAnswer, deletedAnswer } from '@/lib/calls/view/answers';
import type { Loaded } from '@/lib/calls/view/merge-page';
import { pathSegment } from '@/lib/core/path-segment';
import { waitingAnswer } from '@/lib/dispatch/queue/waiting-answer';
import { admission } from '@/lib/livekit/admission';

/** Loads a page of past calls. */
export async function loadHistory(
  query: URLSearchParams,
  { cursor, signal }: { readonly cursor?: string; readonly signal?: AbortSignal } = {},
): Promise<Loaded> {
  const params = new URLSearchParams(query);
  params.set('live', 'false');
  if (cursor) params.set('cursor', cursor);
  const { calls, nextCursor } = await request(`/api/calls?${params}`, {
    signal,
    schema: callsAnswer,
  });
  return { calls, next: nextCursor };
}

/** Loads the calls in progress. */
export const loadLive = async () =>
  (await request('/api/calls?live=true&limit=100', { schema: callsAnswer })).calls;

/** Loads who waits in the queue. */
export const loadWaiting = async () =>
  (await request('/api/calls/waiting', { schema: waitingAnswer })).waiting;

const one = (id: string) => `/api/calls/${pathSegment(id)}`;

export const loadCall = (id: string) => request(one(id), { schema: callAnswer });

/** Deletes a call. Resolves with what was not deleted, if anything. */
export const removeCall = (id: string) =>
  request(one(id), { method: 'DELETE', schema: deletedAnswer });

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
