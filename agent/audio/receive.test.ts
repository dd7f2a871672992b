// How many recordings are received.
import { initializeLogger } from '@livekit/agents';
import type { ByteStreamHandler, ByteStreamReader, Room } from '@livekit/rtc-node';
import { expect, test, vi } from 'vitest';
import { receivePreConnectAudio } from './receive';

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
