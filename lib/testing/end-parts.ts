// The end of a test that has the real LiveKit server and database.
import { dispose } from '@livekit/rtc-node';
import { vi } from 'vitest';

/** What such a test began. */
interface Parts {
  readonly server: { stop(): Promise<unknown> };
  readonly keeping: { stop(): Promise<void> };
  readonly store: { closeStore(): Promise<void> };
  readonly web: { close(): Promise<unknown> };
  readonly place: { remove(): Promise<unknown> };
}

/** Ends it all, each part before those to which it tells something; what could not be begun is undefined. */
export async function endParts({ server, keeping, store, web, place }: Partial<Parts>) {
  await dispose();
  await server?.stop();
  await keeping?.stop();
  await store?.closeStore();
  await web?.close();
  await place?.remove();
  vi.unstubAllEnvs();
}
