// Lets somebody listen to a live call. LiveKit does not announce hidden participants; of those only agents
// neither keep a room open, nor count among its people, nor have it shown as recorded, so a listener joins as
// one. The people in the call are shown that somebody listens, not who.
import { AccessToken, RoomConfiguration } from 'livekit-server-sdk';
import { unguessable } from '@/lib/core/ids';
import {
  isListener,
  LISTENER,
  LISTENER_ATTRIBUTE,
  PERSON_ATTRIBUTES,
} from '@/lib/livekit/attributes';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { seen } from './presence';
import { requireLiveRoom } from './room-facts';

/** Seconds in which the token must be used. The page joins at once. */
const TOKEN_TTL_SECONDS = 60;
/** Seconds without people after which a room is closed that a late token made: LiveKit's least. */
const AT_ONCE = 1;

/** `livekit.ParticipantInfo.Kind.STANDARD`, which the SDK does not export. */
const KIND_STANDARD = 0;

/** What signs tokens: LiveKit's key and secret. */
interface Signer {
  readonly LIVEKIT_API_KEY: string;
  readonly LIVEKIT_API_SECRET: string;
}

/**
 * The token of a listener: joining this room unseen and hearing it, and nothing else.
 * @param account of whoever listens
 * @throws {Problem} 404 where the room is not live, 503 where LiveKit does not answer
 */
export async function admitListener(
  livekit: LiveKit,
  room: string,
  { LIVEKIT_API_KEY, LIVEKIT_API_SECRET }: Signer,
  account?: string,
): Promise<string> {
  await requireLiveRoom(livekit, room);
  const token = new AccessToken(LIVEKIT_API_KEY, LIVEKIT_API_SECRET, {
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
  token.roomConfig = new RoomConfiguration({ emptyTimeout: AT_ONCE, departureTimeout: AT_ONCE });
  return token.toJwt();
}

/**
 * Shows everybody in a room whether somebody listens to it (`PERSON_ATTRIBUTES.monitored`).
 * @param coming a listener is about to come: nobody hears anything before it is shown
 * @throws {Problem} 503 where LiveKit does not answer
 */
export async function showListeners({ rooms }: LiveKit, room: string, coming = false) {
  const people = await asked(rooms.listParticipants(room), []);
  const value = coming || people.some(isListener) ? 'yes' : '';
  const { monitored } = PERSON_ATTRIBUTES;
  const others = seen(people).filter(
    ({ kind, attributes }) => kind === KIND_STANDARD && (attributes[monitored] ?? '') !== value,
  );
  const change = { attributes: { [monitored]: value } };
  await Promise.all(
    others.map(({ identity }) => asked(rooms.updateParticipant(room, identity, change), undefined)),
  );
}
