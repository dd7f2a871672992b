// Stores the calls of this web process: moves events from the queue into the database in order, closes lost calls, and
// starts recordings by LiveKit's Egress. Started once per process.

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

/** Milliseconds for writing the rest when the process stops. */
const LAST_MS = 2_000;

/** Stops storing calls. */
export interface Keeping {
  stop(): Promise<void>;
}

const current = processSingleton('keeping', (): { keeping?: Keeping } => ({}));

/**
 * LiveKit's clock must not be judged by events that were late because they waited in our queue. So an event's `sentAt`
 * is what LiveKit's clock would have shown when it arrived, had it been sent at that moment.
 */
export function asSentNow(event: CallEvent, heard: number | undefined, now: number): CallEvent {
  if (event.source !== 'livekit' || heard === undefined) return event;
  return { ...event, sentAt: Math.max(0, now - (heard - event.at)) };
}

/** Why nothing can be written; set once it was logged. */
let waitingFor: string | undefined;

/** Logs once, not for every attempt, why events are waiting. */
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

/** Starts, unless it has already started. @throws {ConfigError} while the settings are invalid */
export function keepCalls(): Keeping {
  const before = current().keeping;
  if (before) return before;
  const delivery = new EventDelivery(telling(), intoStore, (line) => console.error(line));
  const stopClosing = keepClosingLost(liveKit(serverConfig()));
  const stopRecording = recordRooms();
  // Reports an unusable database at startup rather than with the first call.
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
