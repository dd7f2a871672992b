// Adds events of the web process and of LiveKit to a queue on disk, so that neither a call nor LiveKit waits for the
// database, and nothing is lost while it is down.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { EventWriter, makeEvent, type Where } from '@/lib/calls/delivery/event-writer';
import type { EventData } from '@/lib/calls/event';
import type { CallsServer } from '@/lib/calls/server';
import type { Config } from '@/lib/core/config';
import { logError } from '@/lib/core/log';

/** The event queue of this process. */
export const newEventQueue = ({ DATA_DIR }: Pick<Config, 'DATA_DIR'>): EventWriter =>
  new EventWriter(
    join(/* turbopackIgnore: true */ DATA_DIR, 'events', 'web'),
    `web-${process.pid}-${randomUUID().slice(0, 4)}`,
  );

/**
 * Adds an event; returns whether it is on disk. Never throws: no call fails, or waits, because of its events.
 */
export function addEvent(
  server: CallsServer,
  where: Omit<Where, 'source'> & { readonly source?: 'web' | 'livekit' },
  ...whats: readonly EventData[]
): boolean {
  try {
    return whats
      .map((what) => {
        const event = makeEvent({ source: 'web', ...where }, what);
        // An invalid event is logged; sending it again would not help.
        return !event || server.events.add(event);
      })
      .every((kept) => kept);
  } catch (error) {
    logError('events', error);
    return false;
  }
}
