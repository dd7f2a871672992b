// Keeps the calls of this web process: what was told goes from the queue into the database, in order,
// calls of which nobody tells the end are closed, and those that are to be recorded by LiveKit's Egress
// are. Started once, when the process starts.

import { Problem } from '@/lib/core/problem';
import { processSingleton } from '@/lib/core/process-singleton';
import { redact } from '@/lib/core/redact';
import { serverConfig } from '@/lib/core/server-config';
import { liveKit } from '@/lib/livekit/clients';
import { type Deliver, EventDelivery } from '../delivery/event-delivery';
import type { CallEvent } from '../event';
import { listCalls, recordEvents } from '../store/store';
import { keepClosingLost } from './close-lost';
import { recordRooms } from './record-rooms';
import { telling } from './tell';

/** Milliseconds to write what is left when the process is stopped. */
const LAST_MS = 2_000;

/** What keeps the calls, until it is stopped. */
export interface Keeping {
  stop(): Promise<void>;
}

const current = processSingleton('keeping', (): { keeping?: Keeping } => ({}));

/**
 * LiveKit's clock is judged by what comes late because it waited here too: so its events say when
 * LiveKit's clock would have shown the moment of their arrival, had they been sent then.
 */
export function asSentNow(event: CallEvent, heard: number | undefined, now: number): CallEvent {
  if (event.source !== 'livekit' || heard === undefined) return event;
  return { ...event, sentAt: Math.max(0, now - (heard - event.at)) };
}

/** Why nothing can be written, once it was logged. */
let waitingFor: string | undefined;

/** Logs why events wait: once, not with every try. */
function sayWhy({ detail, cause }: Problem): void {
  if (detail === waitingFor) return;
  waitingFor = detail;
  console.error(redact(`calls: ${detail}${cause ? ` (${cause})` : ''}`));
}

const intoStore: Deliver = async (events) => {
  const now = Date.now();
  try {
    await recordEvents(
      events.map((event) => asSentNow(event, event.sentAt, now)),
      now,
    );
    waitingFor = undefined;
    return 'taken';
  } catch (error) {
    if (error instanceof Problem) {
      sayWhy(error);
      return 'later';
    }
    console.error(redact(`events: ${error}`));
    return 'failed';
  }
};

/** Begins, unless it has begun. @throws {ConfigError} while the settings are wrong */
export function keepCalls(): Keeping {
  const before = current().keeping;
  if (before) return before;
  const delivery = new EventDelivery(telling(), intoStore, (line) => console.error(line));
  const stopClosing = keepClosingLost(liveKit(serverConfig()));
  const stopRecording = recordRooms();
  // A database that cannot be used is told at the start, not with the first call.
  void listCalls({ limit: 1 }).catch((error: unknown) => {
    if (error instanceof Problem) sayWhy(error);
  });
  const keeping: Keeping = {
    async stop() {
      current().keeping = undefined;
      stopRecording();
      await Promise.all([delivery.stop(LAST_MS), stopClosing()]);
    },
  };
  current().keeping = keeping;
  return keeping;
}
