// What the caller shows: the newest picture of their camera and of their screen goes to the model with what they say.
import { llm } from '@livekit/agents';
import {
  type RemoteTrack,
  type Room,
  RoomEvent,
  TrackKind,
  type VideoFrame,
  VideoStream,
} from '@livekit/rtc-node';
import { isCaller } from './people';

const isPicture = (content: llm.ChatContent) =>
  typeof content === 'object' && 'type' in content && content.type === 'image_content';

export class Vision {
  /** The newest picture of each of the caller's video tracks, by its id. */
  readonly #pictures = new Map<string, VideoFrame>();

  constructor(room: Room) {
    room.on(RoomEvent.TrackSubscribed, (track, { sid = '' }, person) => {
      if (track.kind === TrackKind.KIND_VIDEO && isCaller(person)) void this.#watch(sid, track);
    });
    // A camera that is turned off is muted, and its last picture is not what the caller shows now.
    room.on(RoomEvent.TrackMuted, ({ sid = '' }) => this.#pictures.delete(sid));
    room.on(RoomEvent.TrackUnsubscribed, (_, { sid = '' }) => this.#pictures.delete(sid));
  }

  async #watch(sid: string, track: RemoteTrack): Promise<void> {
    for await (const { frame } of new VideoStream(track)) this.#pictures.set(sid, frame);
    this.#pictures.delete(sid);
  }

  /**
   * Adds the newest pictures to a message of the caller. Removes those of earlier messages, which would otherwise be sent,
   * and paid for, with every answer.
   * @param earlier the conversation so far
   */
  addTo(message: llm.ChatMessage, earlier: readonly llm.ChatItem[]): void {
    for (const item of earlier) {
      if (item.type === 'message') item.content = item.content.filter((one) => !isPicture(one));
    }
    for (const image of this.#pictures.values()) {
      message.content.push(llm.createImageContent({ image }));
    }
  }
}
