// How many recordings are received, and which can be read.

import { spawn, spawnSync } from 'node:child_process';
import { initializeLogger } from '@livekit/agents';
import { getFfmpegPath } from '@livekit/av';
import type { ByteStreamHandler, ByteStreamReader, Room } from '@livekit/rtc-node';
import { expect, test, vi } from 'vitest';
import { decode, receivePreConnectAudio } from '@/agent/audio/receive';

initializeLogger({ pretty: false, level: 'silent' });

test('of any number of recordings, eight are read, and all are closed', async () => {
  let handler: ByteStreamHandler | undefined;
  const registerByteStreamHandler = (_: string, own: ByteStreamHandler) => {
    handler = own;
  };
  receivePreConnectAudio({ registerByteStreamHandler } as unknown as Room, 24_000);
  const [read, close] = [vi.fn(), vi.fn()];
  for (let track = 0; track < 100; track += 1) {
    const reader = {
      info: { mimeType: 'audio/pcm', attributes: { trackId: `track ${track}` } },
      close,
      async *[Symbol.asyncIterator]() {
        read();
        yield new Uint8Array(2);
      },
    };
    handler?.(reader as unknown as ByteStreamReader, { identity: 'ann' });
  }
  await vi.waitFor(() => expect(close).toHaveBeenCalledTimes(100));
  expect(read).toHaveBeenCalledTimes(8);
});

const RATE = 24_000;
const MAX_MS = 20_000;

/** One second of a tone, as raw samples at 48 kHz, stereo. */
const raw = Int16Array.from({ length: 2 * 48_000 }, (_, i) => 8_000 * Math.sin((i >> 1) / 20));

/** The same, encoded as a browser would. */
function opus(): AsyncIterable<Uint8Array> {
  const ffmpeg = spawn(
    getFfmpegPath() ?? 'ffmpeg',
    '-f s16le -ar 48000 -ac 2 -i pipe:0 -c:a libopus -f ogg pipe:1'.split(' '),
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  ffmpeg.stdin.end(Buffer.from(raw.buffer));
  return ffmpeg.stdout;
}

/** Upward zero crossings per second. */
const pitch = (sound: Int16Array) =>
  sound.filter((sample, i) => sample >= 0 && (sound[i - 1] ?? 0) < 0).length /
  (sound.length / RATE);

const of = (mimeType: string, bytes: AsyncIterable<Uint8Array>) =>
  decode({ mimeType, rate: 48_000, channels: 2, bytes }, RATE, AbortSignal.timeout(MAX_MS));

async function* once(bytes: Uint8Array) {
  yield bytes;
}

test.each([
  ['Opus', 'audio/webm;codecs=opus', opus],
  ['raw samples', 'audio/pcm', () => once(new Uint8Array(raw.buffer))],
])('%s are decoded to mono samples of the requested rate', async (_, mimeType, bytes) => {
  const sound = await of(mimeType, bytes());
  expect(Math.abs(sound.length - RATE)).toBeLessThan(RATE / 50);
  // 48,000 / (2π · 20)
  expect(pitch(sound)).toBeCloseTo(382, -1);
});

// Safari before 18.4 records nothing else. With a decoder, pages could record it too: `PRE_CONNECT_FORMAT`.
test('the bundled ffmpeg has no decoder for AAC', () => {
  const { stdout } = spawnSync(getFfmpegPath() ?? 'ffmpeg', ['-hide_banner', '-decoders']);
  expect(String(stdout)).toContain(' opus ');
  expect(String(stdout)).not.toContain(' aac ');
});

test('unreadable and oversized recordings are rejected with a reason', async () => {
  const nonsense = once(new TextEncoder().encode('not a sound at all'));
  await expect(of('audio/webm;codecs=opus', nonsense)).rejects.toThrow(/no audio in audio\/webm/);
  const endless = once(new Uint8Array(5 * 1024 * 1024));
  await expect(of('audio/pcm', endless)).rejects.toThrow('more than 4194304 bytes');
  // 25 minutes in 12,000 bytes.
  const slow = decode(
    { mimeType: 'audio/pcm', rate: 4, channels: 1, bytes: once(new Uint8Array(12_000)) },
    RATE,
    AbortSignal.timeout(MAX_MS),
  );
  await expect(slow).rejects.toThrow('more than 4194304 bytes of sound');
});
