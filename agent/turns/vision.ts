// What the caller shows: the newest picture of their camera and of their screen goes to the model with what they say.
import { llm, log } from '@livekit/agents';
import {
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
  RoomEvent,
  TrackKind,
  type VideoFrame,
  VideoStream,
} from '@livekit/rtc-node';
import { isCaller } from '@/agent/core/people';

const isPicture = (content: llm.ChatContent) =>
  typeof content === 'object' && 'type' in content && content.type === 'image_content';

interface Shown {
  readonly publication: RemoteTrackPublication;
  picture?: VideoFrame;
}

/**
 * Maximum video tracks that are watched at the same time: camera and screen of two callers. Our own choice: a program can
 * publish any number, and each is decoded and sent to the model.
 */
const TRACKS_MAX = 4;

export class Vision {
  readonly #shown = new Map<RemoteTrack, Shown>();

  /** @param read keeps a track's newest picture */
  constructor(room: Room, read = watch) {
    room.on(RoomEvent.TrackSubscribed, (track, publication, person) => {
      if (track.kind !== TrackKind.KIND_VIDEO || this.#shown.size >= TRACKS_MAX) return;
      if (isCaller(person)) {
        const shown: Shown = { publication };
        this.#shown.set(track, shown);
        read(track, shown).catch((error: unknown) => {
          log().warn({ error }, "the caller's video could not be read");
        });
      }
    });
    room.on(RoomEvent.TrackUnsubscribed, (track) => this.#shown.delete(track));
  }

  /**
   * Adds the newest pictures to a message of the caller. Removes those of earlier messages, which would otherwise be sent,
   * and paid for, with every answer.
   */
  addTo(message: llm.ChatMessage, earlier: readonly llm.ChatItem[]): void {
    for (const item of earlier) {
      if (item.type === 'message') item.content = item.content.filter((one) => !isPicture(one));
    }
    for (const { publication, picture } of this.#shown.values()) {
      // A camera that is off is muted, and its last picture is not what the caller shows now.
      if (picture && !publication.muted) {
        message.content.push(llm.createImageContent({ image: picture }));
      }
    }
  }
}

async function watch(track: RemoteTrack, shown: Shown): Promise<void> {
  for await (const { frame } of new VideoStream(track)) shown.picture = frame;
}
