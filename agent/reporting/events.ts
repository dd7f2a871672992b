// The event queue of a worker and its jobs. Each job is a separate process that appends to its own file; the worker
// delivers it. No event is lost when a job is killed, and delivery takes no time from a call.
import { join } from 'node:path';
import { type JobContext, log } from '@livekit/agents';
import { callIdIn } from '@/agent/core/people';
import { postSigned, trackFailures } from '@/agent/reporting/web-process';
import { type Delivered, EventDelivery } from '@/lib/calls/delivery/event-delivery';
import { EventWriter, makeEvent, type Where } from '@/lib/calls/delivery/event-writer';
import {
  type CallEvent,
  EVENTS_MAX,
  EVENTS_PATH,
  type EventBatch,
  type EventData,
  FREQUENT,
} from '@/lib/calls/event';
import type { Config } from '@/lib/core/config';

/** Environment variable with the worker's id; job processes inherit it. */
const WORKER = 'CALLBOARD_WORKER';

/** Sets the worker id for the job processes. Call it before the first one starts. */
export function setWorkerId(worker: string): void {
  process.env[WORKER] = worker;
}

/** Id of the worker of this process. */
export const workerId = () => process.env[WORKER] || `w-${process.pid}`;

function openQueue(dataDir: string): EventWriter {
  return new EventWriter(join(dataDir, 'events', 'worker'), workerId());
}

/** Reports an event in a room. Never throws, never waits. */
export type ReportRoom = (where: Omit<Where, 'source'>, what: EventData) => void;

function reportInto(writer: EventWriter): ReportRoom {
  const source = `worker:${workerId()}`;
  return (where, what) => {
    const event = makeEvent({ ...where, source }, what);
    if (event) writer.add(event);
  };
}

/** Reports an event of this call, now or at `at` (milliseconds since 1970). Takes about ten microseconds; never throws. */
export type ReportCall = (what: EventData, at?: number, room?: string) => void;

/** Opens the event reporting of a job. */
export function openCallReporting(ctx: JobContext, config: Config): ReportCall {
  const reportEvent = reportInto(openQueue(config.DATA_DIR));
  const { name = '', sid } = ctx.job.room ?? {};
  // Kept after the caller has left.
  let call: string | undefined;
  let frequent = 0;
  return (what, at, room) => {
    // The web process would not store more either.
    if (FREQUENT.has(what.kind)) {
      frequent += 1;
      if (frequent > EVENTS_MAX) return;
    }
    call ??= callIdIn(ctx);
    // The sid belongs to this room only.
    const where = room === undefined ? { room: name, roomSid: sid || undefined } : { room };
    reportEvent({ ...where, call, at }, what);
  };
}

/** Milliseconds a delivery may take: the web process waits for its database. */
const TIMEOUT_MS = 10_000;
/** Milliseconds to deliver what is left when the worker is stopped. */
const LAST_MS = 1_500;
/** Status codes that reject the events themselves; retrying would not help. */
const REJECTED_STATUSES = [400, 413, 422];

/** Result of a delivery by status code. A wrong signature is a configuration error, so it is retried. */
function resultOf(status: number): Delivered {
  if (status >= 200 && status < 300) return 'taken';
  if (REJECTED_STATUSES.includes(status)) return 'refused';
  return status === 500 ? 'failed' : 'later';
}

/**
 * Starts delivery to `CALLBOARD_URL`, beginning with what earlier workers left. The result's `stop` tries briefly to
 * deliver what is left; the next worker delivers the rest.
 */
export function deliverEvents(config: Config) {
  const worker = workerId();
  // The events are kept, and calls continue.
  const sending = trackFailures((error) =>
    log().warn({ error, url: config.CALLBOARD_URL }, 'events not delivered'),
  );

  async function send(events: readonly CallEvent[], stopped: AbortSignal): Promise<Delivered> {
    const batch: EventBatch = { worker, sentAt: Date.now(), events: [...events] };
    try {
      const late = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), stopped]);
      const answer = await postSigned(config, ['events', EVENTS_PATH], batch, late);
      await answer.arrayBuffer();
      const result = resultOf(answer.status);
      if (result === 'later') throw new Error(`the web process answered ${answer.status}`);
      sending.worked();
      return result;
    } catch (error) {
      if (!stopped.aborted) sending.failed(error);
      return 'later';
    }
  }

  const writer = openQueue(config.DATA_DIR);
  const delivery = new EventDelivery(writer, send, (line) => log().warn(line));
  return { report: reportInto(writer), stop: () => delivery.stop(LAST_MS) };
}
