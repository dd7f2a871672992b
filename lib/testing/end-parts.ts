// Clean-up of tests with a real LiveKit server and database.
import { dispose } from '@livekit/rtc-node';
import { vi } from 'vitest';

/** Parts of such a test. */
interface Parts {
  readonly server: { stop(): Promise<unknown> };
  readonly keeping: { stop(): Promise<void> };
  readonly store: { closeStore(): Promise<void> };
  readonly web: { close(): Promise<unknown> };
  readonly place: { remove(): Promise<unknown> };
}

/** Stops all parts, senders before receivers. Parts that did not start are undefined. */
export async function stopParts({ server, keeping, store, web, place }: Partial<Parts>) {
  await dispose();
  await server?.stop();
  await keeping?.stop();
  await store?.closeStore();
  await web?.close();
  await place?.remove();
  vi.unstubAllEnvs();
}
