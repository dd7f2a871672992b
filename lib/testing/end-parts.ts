// Clean-up of tests with a real LiveKit server and database.
import { dispose } from '@livekit/rtc-node';
import { vi } from 'vitest';
import { endServer } from '@/lib/testing/server';

/** Parts of such a test. */
interface Parts {
  readonly server: { stop(): Promise<unknown> };
  /** Stops storing calls. */
  readonly keeping: () => Promise<void>;
  readonly web: { close(): Promise<unknown> };
  readonly place: { remove(): Promise<unknown> };
}

/** Stops all parts, senders before receivers. Parts that did not start are undefined. */
export async function stopParts({ server, keeping, web, place }: Partial<Parts>) {
  await dispose();
  await server?.stop();
  await keeping?.();
  await endServer();
  await web?.close();
  await place?.remove();
  vi.unstubAllEnvs();
}
