// Records events of the web process and of LiveKit in a queue on disk, so that neither a call nor LiveKit waits for the
// database, and nothing is lost while it is down.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { logError } from '@/lib/core/log';
import { processSingleton } from '@/lib/core/process-singleton';
import { serverConfig } from '@/lib/core/server-config';
import { EventWriter, makeEvent, type Where } from '../delivery/event-writer';
import type { EventData } from '../event';

/** The event queue of this process. @throws {ConfigError} while the settings are invalid */
export const eventQueue = processSingleton('event-queue', () => {
  const folder = join(/* turbopackIgnore: true */ serverConfig().DATA_DIR, 'events', 'web');
  return new EventWriter(folder, `web-${process.pid}-${randomUUID().slice(0, 4)}`);
});

/**
 * Records an event; returns whether it is on disk. Never throws: no call fails, or waits, because of its events.
 */
export function recordEvent(
  where: Omit<Where, 'source'> & { readonly source?: 'web' | 'livekit' },
  ...whats: readonly EventData[]
): boolean {
  try {
    const writer = eventQueue();
    return whats
      .map((what) => {
        const event = makeEvent({ source: 'web', ...where }, what);
        // An invalid event is logged; sending it again would not help.
        return !event || writer.add(event);
      })
      .every((kept) => kept);
  } catch (error) {
    logError('events', error);
    return false;
  }
}
