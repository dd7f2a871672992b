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

/** What happened, where and when. */
export interface AddedEvent extends Omit<Where, 'source'> {
  readonly source?: 'web' | 'livekit';
  readonly what: EventData;
}

/**
 * Adds events in one write; returns whether they are on disk. Never throws: no call fails, or waits, because of its
 * events.
 */
export function addEvents(server: CallsServer, added: readonly AddedEvent[]): boolean {
  try {
    // An invalid event is logged; sending it again would not help.
    const events = added.flatMap(
      ({ what, ...where }) => makeEvent({ source: 'web', ...where }, what) ?? [],
    );
    return server.events.add(...events);
  } catch (error) {
    logError('events', error);
    return false;
  }
}

/** Adds an event, as {@link addEvents} does. */
export const addEvent = (
  server: CallsServer,
  where: Omit<AddedEvent, 'what'>,
  what: EventData,
): boolean => addEvents(server, [{ ...where, what }]);
