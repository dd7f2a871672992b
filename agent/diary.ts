// The demo's diary: a file for each booked slot, in `DATA_DIR/diary/<deployment>/`. A file is created only
// where there is none, so that two processes never book one slot twice. A real agent calls its own API here.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An appointment. */
export interface Appointment {
  /** ISO date. */
  readonly day: string;
  /** `HH:MM`. */
  readonly time: string;
  readonly service: string;
  readonly name: string;
  /** Id of the call in which it was booked. */
  readonly call?: string;
}

const SLOT = /^(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)\.json$/;

function folderOf(deployment: string): string {
  const folder = join(process.env.DATA_DIR || '.callboard', 'diary', deployment);
  mkdirSync(folder, { recursive: true });
  return folder;
}

const fileOf = (deployment: string, day: string, time: string) =>
  join(folderOf(deployment), `${day}T${time.replace(':', '')}.json`);

/** The booked slots of a deployment, as `2026-11-27T14:30`. */
export function bookedSlots(deployment: string): ReadonlySet<string> {
  const slots = readdirSync(folderOf(deployment)).flatMap((file) => {
    const [, day, hour, minute] = SLOT.exec(file) ?? [];
    return day ? [`${day}T${hour}:${minute}`] : [];
  });
  return new Set(slots);
}

/** Books. False where somebody else has that slot. */
export function book(deployment: string, appointment: Appointment): boolean {
  const { day, time } = appointment;
  try {
    writeFileSync(fileOf(deployment, day, time), JSON.stringify(appointment), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** What was booked in a call, earliest day first. */
export function bookedIn(deployment: string, call: string): readonly Appointment[] {
  const all = [...bookedSlots(deployment)].sort().map((slot) => {
    const [day = '', time = ''] = slot.split('T');
    return JSON.parse(readFileSync(fileOf(deployment, day, time), 'utf8')) as Appointment;
  });
  return all.filter((one) => one.call === call);
}

/** Cancels an appointment. */
export function cancel(deployment: string, { day, time }: Pick<Appointment, 'day' | 'time'>): void {
  rmSync(fileOf(deployment, day, time), { force: true });
}
