// A participant with a camera: a caller, or an avatar of an agent.
import {
  LocalVideoTrack,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
} from '@livekit/rtc-node';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';
import { joinAs } from '@/lib/testing/participant';

/** Size of the picture in pixels. */
export const PICTURE = { width: 320, height: 180 };
/** Milliseconds between pictures. */
const EVERY_MS = 100;

/** A green disc on dark ground, as RGBA. */
function draw(): Uint8Array {
  const { width, height } = PICTURE;
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [(at % width) - width / 2, Math.floor(at / width) - height / 2];
    pixels.set(Math.hypot(x, y) < height / 3 ? [18, 198, 122, 255] : [28, 34, 44, 255], at * 4);
  }
  return pixels;
}

/** Joins a room and publishes a plain picture until it leaves. */
export async function joinWithVideo(
  env: TestLiveKitServer['env'],
  room: string,
  participant: Parameters<typeof joinAs>[2],
) {
  const joined = await joinAs(env, room, participant);
  const { width, height } = PICTURE;
  const source = new VideoSource(width, height);
  const track = LocalVideoTrack.createVideoTrack('camera', source);
  const options = new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast: false });
  await joined.localParticipant?.publishTrack(track, options);
  const frame = new VideoFrame(draw(), width, height, VideoBufferType.RGBA);
  const timer = setInterval(() => source.captureFrame(frame), EVERY_MS);
  return {
    async leave(): Promise<void> {
      clearInterval(timer);
      await joined.disconnect();
    },
  };
}
