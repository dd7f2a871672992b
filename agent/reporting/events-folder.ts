// Where worker and jobs put what they tell, and under whose name. A job is a process of its own: it
// appends to a file of its own, and the worker delivers it, so that nothing of it is lost when the job
// is killed, and no delivery takes time from a call.
import { join } from 'node:path';
import { EventWriter } from '../../lib/calls/delivery/event-writer';
import { makeEvent, type Where } from '../../lib/calls/delivery/make-event';
import type { Happening } from '../../lib/calls/event';

/** Variable by which a job process knows the id of its worker; job processes inherit it. */
const WORKER = 'CALLBOARD_WORKER';

/** Tells the job processes of this worker whose they are. Before the first is started. */
export function nameWorker(worker: string): void {
  process.env[WORKER] = worker;
}

/** Id of the worker of this process. */
export const workerOf = () => process.env[WORKER] || `w-${process.pid}`;

/** A queue of this worker's, in this process. */
export function openQueue(dataDir: string): EventWriter {
  return new EventWriter(join(dataDir, 'events', 'worker'), workerOf());
}

/** Tells what happened in a room. Never throws, never waits. */
export type TellRoom = (where: Omit<Where, 'source'>, what: Happening) => void;

/** Tells into that queue. */
export function tellInto(writer: EventWriter): TellRoom {
  const source = `worker:${workerOf()}`;
  return (where, what) => {
    const event = makeEvent({ ...where, source }, what);
    if (event) writer.add(event);
  };
}
