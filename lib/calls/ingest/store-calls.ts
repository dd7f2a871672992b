// Stores the calls of this web process: moves events from the queue into the database in order, closes lost calls, and
// starts recordings by LiveKit's Egress. Started once per process.
import { Problem } from '@/lib/core/problem';
import { processSingleton } from '@/lib/core/process-singleton';
import { redact } from '@/lib/core/redact';
import { serverConfig } from '@/lib/core/server-config';
import { poll } from '@/lib/core/wait';
import { asked, type LiveKit, liveKit } from '@/lib/livekit/clients';
import { type Deliver, EventDelivery } from '../delivery/event-delivery';
import type { CallEvent } from '../event';
import { closeLostCalls, hasOpenCalls, listCalls, recordEvents } from '../store/store';
import { eventQueue } from './record-event';
import { recordRooms } from './record-rooms';

/** Milliseconds for writing the rest when the process stops. */
const LAST_MS = 2_000;

/** Stops storing calls. */
export interface CallStorage {
  stop(): Promise<void>;
}

const current = processSingleton('keeping', (): { keeping?: CallStorage } => ({}));

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
function logReason({ detail, cause }: Problem): void {
  if (detail === waitingFor) return;
  waitingFor = detail;
  console.error(redact(`calls: ${detail}${cause ? ` (${cause})` : ''}`));
}

const deliverToStore: Deliver = async (events) => {
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
      logReason(error);
      return 'later';
    }
    console.error(redact(`events: ${error}`));
    return 'failed';
  }
};

// Closing lost calls. LiveKit drops a webhook that nobody accepts for 15 s, and a killed server sends none.

/** Milliseconds between checks. Our own choice: how long a call without a room may still appear as live. */
const CHECK_EVERY_MS = 15_000;

/** Checks once. @throws {Problem} 503 if LiveKit or the database is unavailable */
export async function closeLost(livekit: LiveKit, begun?: number): Promise<void> {
  // Without open calls, LiveKit need not be asked for rooms.
  if (!(await hasOpenCalls())) return;
  const rooms = await asked(livekit.rooms.listRooms(), []);
  await closeLostCalls(new Set(rooms.map(({ sid }) => sid)), Date.now(), begun);
}

/** Checks repeatedly; returns a function that stops it. */
function keepClosingLost(livekit: LiveKit): () => Promise<void> {
  const begun = Date.now();
  return poll(CHECK_EVERY_MS, 'calls: cannot check for lost calls', () =>
    closeLost(livekit, begun),
  );
}

/** Starts, unless it has already started. @throws {ConfigError} while the settings are invalid */
export function startStoringCalls(): CallStorage {
  const before = current().keeping;
  if (before) return before;
  const delivery = new EventDelivery(eventQueue(), deliverToStore, (line) => console.error(line));
  const stopClosing = keepClosingLost(liveKit(serverConfig()));
  const stopRecording = recordRooms();
  // Reports an unusable database at startup rather than with the first call.
  void listCalls({ limit: 1 }).catch((error: unknown) => {
    if (error instanceof Problem) logReason(error);
  });
  const keeping: CallStorage = {
    async stop() {
      current().keeping = undefined;
      stopRecording();
      await Promise.all([delivery.stop(LAST_MS), stopClosing()]);
    },
  };
  current().keeping = keeping;
  return keeping;
}
