// Delivers the events of the worker and its jobs to the web process, which confirms them once they
// are stored.
import { log } from '@livekit/agents';
import { type Delivered, EventDelivery } from '../../lib/calls/delivery/event-delivery';
import { type CallEvent, EVENTS_PATH, type EventBatch } from '../../lib/calls/event';
import type { Config } from '../../lib/core/config';
import { signBody } from '../../lib/livekit/worker-auth';
import { openQueue, type ReportRoom, reportInto, workerId } from './events-folder';
import { trackFailures } from './failure-streak';

/** Milliseconds a delivery may take: the web process waits for its database. */
const TIMEOUT_MS = 10_000;
/** Milliseconds to deliver what is left when the worker is stopped. */
const LAST_MS = 1_500;
/** Status codes that reject the events themselves; retrying would not help. */
const REJECTED_STATUSES = [400, 413, 422];

/**
 * Result of a delivery by status code. A wrong signature is a configuration error, so it is
 * retried.
 */
function resultOf(status: number): Delivered {
  if (status >= 200 && status < 300) return 'taken';
  if (REJECTED_STATUSES.includes(status)) return 'refused';
  return status === 500 ? 'failed' : 'later';
}

/** Reporting of events, and their delivery. */
export interface WorkerEvents {
  readonly report: ReportRoom;
  /** Tries briefly to deliver what is left, then stops; the next worker delivers the rest. */
  stop(): Promise<void>;
}

/** Starts delivery to `CALLBOARD_URL`, beginning with what earlier workers left. */
export function deliverEvents(config: Config): WorkerEvents {
  const url = new URL(EVENTS_PATH, config.CALLBOARD_URL);
  const worker = workerId();
  // The events are kept, and calls continue.
  const sending = trackFailures((error) =>
    log().warn({ error, url: url.href }, 'events not delivered'),
  );

  async function send(events: readonly CallEvent[]): Promise<Delivered> {
    const batch: EventBatch = { worker, sentAt: Date.now(), events: [...events] };
    const body = JSON.stringify(batch);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: await signBody('events', body, config),
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.arrayBuffer();
      const result = resultOf(answer.status);
      if (result === 'later') throw new Error(`the web process answered ${answer.status}`);
      sending.worked();
      return result;
    } catch (error) {
      sending.failed(error);
      return 'later';
    }
  }

  const writer = openQueue(config.DATA_DIR);
  const delivery = new EventDelivery(writer, send, (line) => log().warn(line));
  return { report: reportInto(writer), stop: () => delivery.stop(LAST_MS) };
}
