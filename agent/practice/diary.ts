// The demo's diary: one file per booked slot, in `DATA_DIR/diary/<deployment>/`. Two processes
// never book the same slot. A real agent would call its own API here.
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallHandle } from '@/agent/core/agent-definition';
import { openOn } from '@/agent/practice/practice';
import { dayFrom, timeOf } from '@/agent/scripted/when';

/** An appointment. */
export interface Appointment {
  /** ISO date. */
  readonly day: string;
  /** `HH:MM`. */
  readonly time: string;
  readonly service: string;
  readonly name: string;
}

interface Entry extends Appointment {
  readonly call?: string | undefined;
  /** Milliseconds since 1970. */
  readonly bookedAt: number;
}

type Slot = Pick<Appointment, 'day' | 'time'>;
/** The call, whose deployment selects the diary. */
type Call = Pick<CallHandle, 'deployment' | 'id' | 'now'>;

const AHEAD = 60;
/** Times of day at which an appointment can begin: every half hour. */
const TIMES = Array.from({ length: 48 }, (_, half) =>
  new Date(half * 1_800_000).toISOString().slice(11, 16),
);

function folderOf({ deployment }: Call): string {
  const folder = join(process.env.DATA_DIR || '.callboard', 'diary', deployment);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

const nameOf = ({ day, time }: Slot) => `${day}T${time.replace(':', '')}.json`;
const fileOf = (call: Call, slot: Slot) => join(folderOf(call), nameOf(slot));

/** Times of a day that can still be booked. */
export function freeTimes(day: string, call: Call, booked = readdirSync(folderOf(call))): string[] {
  const [opens, closes] = openOn(day) ?? [];
  if (!opens || !closes) return [];
  const now = call.now();
  const from = day === dayFrom(now) ? timeOf(now) : '';
  const open = TIMES.filter((time) => time >= opens && time < closes && time > from);
  return open.filter((time) => !booked.includes(nameOf({ day, time })));
}

/** Days with a free time. */
export function freeDays(call: Call): string[] {
  const booked = readdirSync(folderOf(call));
  const days = Array.from({ length: AHEAD }, (_, ahead) => dayFrom(call.now(), ahead));
  return days.filter((day) => freeTimes(day, call, booked).length > 0);
}

/** Books a slot; false if it is already taken. */
export function book(call: Call, appointment: Appointment): boolean {
  const entry: Entry = { ...appointment, call: call.id(), bookedAt: Date.now() };
  const draft = join(folderOf(call), '..', `.${randomUUID()}`);
  writeFileSync(draft, JSON.stringify(entry), { mode: 0o600 });
  try {
    // Creating a link is atomic and fails if the file exists.
    linkSync(draft, fileOf(call, appointment));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

/** Bookings of this call, in order. */
export function bookedIn(call: Call): readonly Appointment[] {
  const folder = folderOf(call);
  const id = call.id();
  return readdirSync(folder)
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Entry)
    .filter((entry) => entry.call === id)
    .sort((one, other) => one.bookedAt - other.bookedAt);
}

/** Cancels an appointment. */
export function cancel(call: Call, slot: Slot): void {
  rmSync(fileOf(call, slot), { force: true });
}
