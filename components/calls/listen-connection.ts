// The connection of a listener: joins hidden, plays all voices, and measures their level. Loaded on the first click,
// because it imports LiveKit's client.
import { type RemoteTrack, Room, RoomEvent } from 'livekit-client';
import type { AudioOutput } from '@/components/audio/call-audio';
import { Meter } from '@/components/audio/meter';
import { currentSettings } from '@/components/settings/settings-store';
import { ApiError } from '@/components/ui/request';
import type { Admission } from '@/lib/livekit/admission';
import { isAgentConsole } from '@/lib/livekit/attributes';
import { ROOM_ENDED, reasonOfDisconnect } from '@/lib/livekit/end-reason';

/** Why a connection ended that was not closed here. */
export type ConnectionEnd = 'over' | 'lost';

/** An open connection. */
export interface ListenConnection {
  readonly meter: Meter;
  close(): void;
}

/**
 * Joins and plays.
 * @param output opened in the click
 * @param ended called once, for an end other than by `close`
 * @throws {ApiError} without a status if LiveKit cannot be reached
 */
export async function openConnection(
  output: AudioOutput,
  { server_url, participant_token }: Admission,
  ended: (why: ConnectionEnd) => void,
): Promise<ListenConnection> {
  const { speaker } = currentSettings();
  const room = new Room({
    // All voices play through the context unlocked by the click: Safari blocks a second element.
    ...(output.context && { webAudioMix: { audioContext: output.context } }),
    ...(speaker && { audioOutput: { deviceId: speaker } }),
    // A late reconnection would recreate the room, so a lost connection ends and has to be opened by a click.
    reconnectPolicy: { nextRetryDelayInMs: () => null },
  });
  const meter = new Meter(output.context);
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
  const end = (why: ConnectionEnd) => {
    close();
    ended(why);
  };
  const endIfEmpty = () => {
    const others = [...room.remoteParticipants.values()];
    if (others.every(({ attributes }) => isAgentConsole(attributes))) end('over');
  };
  room.on(RoomEvent.ParticipantDisconnected, endIfEmpty);
  await room.connect(server_url, participant_token).catch(() => {
    close();
    throw new ApiError('LiveKit cannot be reached', 0);
  });
  room.on(RoomEvent.Disconnected, (reason) =>
    end(ROOM_ENDED.includes(reasonOfDisconnect(reason)) ? 'over' : 'lost'),
  );
  // The call has just ended, and joining has recreated its room.
  endIfEmpty();
  return { meter, close };
}
