// Lets somebody listen to a live call. LiveKit does not announce hidden participants. A listener joins as an agent,
// because hidden agents do not keep a room open, count as participants, or show the room as recorded. The
// participants see that somebody listens, but not who.

import { ParticipantInfo_Kind } from '@livekit/protocol';
import { AccessToken, RoomConfiguration } from 'livekit-server-sdk';
import { unguessable } from '@/lib/core/ids';
import { visibleParticipants } from '@/lib/dispatch/presence';
import { requireLiveRoom } from '@/lib/dispatch/room-facts';
import type { DispatchServer } from '@/lib/dispatch/server';
import {
  isListener,
  LISTENER,
  LISTENER_ATTRIBUTE,
  PERSON_ATTRIBUTES,
} from '@/lib/livekit/attributes';
import { callLiveKit } from '@/lib/livekit/clients';

/** Seconds in which the token must be used. The page joins at once. */
const TOKEN_TTL_SECONDS = 60;
/** Seconds until an empty room closes that a late token created: LiveKit's minimum. */
const MIN_TIMEOUT_S = 1;

/** Milliseconds for which an announced listener is shown until it joins. Pages join at once. */
export const ANNOUNCED_MS = 10_000;
/** More rooms than have listeners at once. */
export const ANNOUNCED_MAX = 1_000;

/**
 * A listener's token. It allows joining this room hidden, and subscribing.
 * @param account of the listener
 * @throws {Problem} 404 if the room is not live, 503 if LiveKit does not respond
 */
export async function admitListener(
  { livekit, config }: DispatchServer,
  room: string,
  account?: string,
): Promise<string> {
  await requireLiveRoom(livekit, room);
  const token = new AccessToken(config.LIVEKIT_API_KEY, config.LIVEKIT_API_SECRET, {
    identity: unguessable(LISTENER),
    ttl: TOKEN_TTL_SECONDS,
    attributes: account === undefined ? {} : { [LISTENER_ATTRIBUTE]: account },
  });
  token.kind = 'agent';
  token.addGrant({
    roomJoin: true,
    room,
    hidden: true,
    canPublish: false,
    canPublishData: false,
    canSubscribe: true,
    canUpdateOwnMetadata: false,
  });
  token.roomConfig = new RoomConfiguration({
    emptyTimeout: MIN_TIMEOUT_S,
    departureTimeout: MIN_TIMEOUT_S,
  });
  return token.toJwt();
}

/**
 * Shows all participants of a room whether somebody listens (`PERSON_ATTRIBUTES.monitored`).
 * @param news `coming`: a listener is about to join, which is shown before they can hear anything. `changed`: one has
 *   joined or left
 * @throws {Problem} 503 if LiveKit does not respond
 */
export async function showListeners(
  server: DispatchServer,
  room: string,
  news?: 'coming' | 'changed',
) {
  const { rooms } = server.livekit;
  if (news) server.announcedListeners.set(room, news === 'coming');
  const people = await callLiveKit(rooms.listParticipants(room), []);
  const value = server.announcedListeners.get(room) || people.some(isListener) ? 'yes' : '';
  const { monitored } = PERSON_ATTRIBUTES;
  const others = visibleParticipants(people).filter(
    ({ kind, attributes }) =>
      kind === ParticipantInfo_Kind.STANDARD && (attributes[monitored] ?? '') !== value,
  );
  const change = { attributes: { [monitored]: value } };
  await Promise.all(
    others.map(({ identity }) =>
      callLiveKit(rooms.updateParticipant(room, identity, change), undefined),
    ),
  );
}
