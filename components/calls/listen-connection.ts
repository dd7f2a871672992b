// The line of one who listens to a call: joins unseen, plays every voice in it, and measures how loud
// they are. Loaded with the first press, for it brings LiveKit's client along.
import { DisconnectReason, type RemoteTrack, Room, RoomEvent } from 'livekit-client';
import type { Sound } from '@/components/call/dial';
import { Meter } from '@/components/call/meter';
import { currentSettings } from '@/components/settings/settings-store';
import type { Admission } from './calls-client';

/** Why a line ended that was not closed here. */
export type LineEnd = 'over' | 'lost';

/** An open line. */
export interface Line {
  readonly meter: Meter;
  close(): void;
}

/** LiveKit's reasons after which there is no call to listen to. */
const OVER: readonly (DisconnectReason | undefined)[] = [
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
];

/**
 * Joins and plays.
 * @param sound opened in the press
 * @param ended told once, of an end that is not by `close`
 * @throws where LiveKit cannot be reached
 */
export async function openLine(
  sound: Sound,
  { server_url, participant_token }: Admission,
  ended: (why: LineEnd) => void,
): Promise<Line> {
  const { audio } = sound;
  const { speaker } = currentSettings();
  const room = new Room({
    // All voices sound where the press allowed it: Safari blocks a second element.
    webAudioMix: { audioContext: audio },
    ...(speaker && { audioOutput: { deviceId: speaker } }),
    // Whoever comes back late would make the room anew: a lost line ends, and is opened by a press.
    reconnectPolicy: { nextRetryDelayInMs: () => null },
  });
  const meter = new Meter(audio);
  const playing = new Set<RemoteTrack>();
  const measure = () => meter.listen(...[...playing].map((track) => track.mediaStreamTrack));
  room.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind !== 'audio') return;
    track.attach();
    playing.add(track);
    measure();
  });
  room.on(RoomEvent.TrackUnsubscribed, (track) => {
    if (!playing.delete(track)) return;
    track.detach();
    measure();
  });
  const close = () => {
    room.removeAllListeners();
    meter.listen();
    for (const track of playing) track.detach();
    void room.disconnect();
  };
  const end = (why: LineEnd) => {
    close();
    ended(why);
  };
  const lookForPeople = () => {
    if (room.remoteParticipants.size === 0) end('over');
  };
  room.on(RoomEvent.ParticipantDisconnected, lookForPeople);
  await room.connect(server_url, participant_token);
  room.on(RoomEvent.Disconnected, (reason) => end(OVER.includes(reason) ? 'over' : 'lost'));
  // The call ended just now, and this has made its room anew.
  lookForPeople();
  return { meter, close };
}
