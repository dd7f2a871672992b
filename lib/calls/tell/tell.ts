// What the web process itself does in calls, and what LiveKit tells it, is told here: into a queue on
// disk, so that neither a call nor LiveKit waits for the database, and nothing is lost while it is away.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { processSingleton } from '@/lib/core/process-singleton';
import { serverConfig } from '@/lib/core/server-config';
import { EventWriter } from '../delivery/event-writer';
import { makeEvent, type Where } from '../delivery/make-event';
import type { Happening } from '../event';

/** The queue that this process tells into. @throws {ConfigError} while the settings are wrong */
export const telling = processSingleton('event-queue', () => {
  const folder = join(/* turbopackIgnore: true */ serverConfig().DATA_DIR, 'events', 'web');
  return new EventWriter(folder, `web-${process.pid}-${randomUUID().slice(0, 4)}`);
});

/**
 * Tells what happened; tells in turn whether it is kept. Never throws: no call fails, or waits, for
 * what is told of it.
 */
export function tell(
  where: Omit<Where, 'source'> & { readonly source?: 'web' | 'livekit' },
  ...whats: readonly Happening[]
): boolean {
  try {
    const writer = telling();
    return whats
      .map((what) => {
        const event = makeEvent({ source: 'web', ...where }, what);
        // What cannot be an event is logged; that it is sent again would not mend it.
        return !event || writer.add(event);
      })
      .every((kept) => kept);
  } catch (error) {
    console.error(`events: ${error}`);
    return false;
  }
}
