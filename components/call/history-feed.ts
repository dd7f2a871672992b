// The transcript so far on its way between two pages: the caller's page gives it to each colleague
// who joins, once they can receive it; the colleague's page takes the first that a person sends.
import { type Room, RoomEvent } from 'livekit-client';
import { type History, readHistory } from '@/lib/call/history';
import { HISTORY_TOPIC } from '@/lib/livekit/attributes';
import { isPerson } from './presence';

/** Gives what `history` writes to everybody who joins from now on; once to each. */
export function giveHistory(room: Room, history: () => string): void {
  const given = new Set<string>();
  room.on(RoomEvent.ParticipantActive, (participant) => {
    const { identity } = participant;
    if (!isPerson(participant) || given.has(identity)) return;
    given.add(identity);
    room.localParticipant
      .sendText(history(), { topic: HISTORY_TOPIC, destinationIdentities: [identity] })
      // One whom it does not reach, gone again or not, sees what is said from now on.
      .catch(() => given.delete(identity));
  });
}

/** Takes the transcript that a person in the room sends. */
export function takeHistory(room: Room, onHistory: (history: History) => void): void {
  room.registerTextStreamHandler(HISTORY_TOPIC, async (reader, { identity }) => {
    const sender = room.remoteParticipants.get(identity);
    if (!sender || !isPerson(sender)) return;
    const history = readHistory(await reader.readAll().catch(() => ''));
    if (history) onHistory(history);
  });
}
