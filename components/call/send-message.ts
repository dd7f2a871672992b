// Sends a typed message, or a key of a telephone, to everybody in the room, or says that it did not leave.
import type { Room } from 'livekit-client';
import type { Voice } from '@/lib/call/transcript';
import { CHAT_TOPIC } from './transcript-feed';

/** Milliseconds for a message to leave. */
const SEND_MS = 5_000;
/** Keys of a telephone by their event codes (RFC 4733, 3.2). */
const KEY_CODES = '0123456789*#';

/** What was sent, as the transcript takes it. @throws where it did not leave in time. */
export async function sendMessage(
  room: Room,
  text: string,
): Promise<{ id: string; voice: Voice; text: string }> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('The message did not leave in time')), SEND_MS);
  });
  const me = room.localParticipant;
  const { id } = await Promise.race([me.sendText(text, { topic: CHAT_TOPIC }), late]);
  return { id, voice: { side: 'you', by: me.identity, name: '' }, text };
}

/** @param key one of 0 to 9, * and # */
export const sendKey = (room: Room, key: string): Promise<void> =>
  room.localParticipant.publishDtmf(KEY_CODES.indexOf(key), key);
