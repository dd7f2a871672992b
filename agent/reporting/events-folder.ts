// The event queue of a worker and its jobs. Each job is a separate process that appends to its own
// file; the worker delivers it. No event is lost when a job is killed, and delivery takes no time
// from a call.
import { join } from 'node:path';
import { EventWriter, makeEvent, type Where } from '../../lib/calls/delivery/event-writer';
import type { Happening } from '../../lib/calls/event';

/** Environment variable with the worker's id; job processes inherit it. */
const WORKER = 'CALLBOARD_WORKER';

/** Sets the worker id for the job processes. Call it before the first one starts. */
export function setWorkerId(worker: string): void {
  process.env[WORKER] = worker;
}

/** Id of the worker of this process. */
export const workerId = () => process.env[WORKER] || `w-${process.pid}`;

/** Opens this worker's queue in this process. */
export function openQueue(dataDir: string): EventWriter {
  return new EventWriter(join(dataDir, 'events', 'worker'), workerId());
}

/** Reports an event in a room. Never throws, never waits. */
export type ReportRoom = (where: Omit<Where, 'source'>, what: Happening) => void;

/** Reports into that queue. */
export function reportInto(writer: EventWriter): ReportRoom {
  const source = `worker:${workerId()}`;
  return (where, what) => {
    const event = makeEvent({ ...where, source }, what);
    if (event) writer.add(event);
  };
}
