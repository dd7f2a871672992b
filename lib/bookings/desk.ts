// The desk as an agent uses it, and how a worker asks the web process for it: the diary is one, and
// only the web process writes it. What was asked twice because an answer was lost is done once.
import { z } from 'zod';
import { isDay } from './days';
import type { Taken, Wanted } from './rules';

/** Path on the web process, signed like reports (`worker-auth.ts`). */
export const DESK_PATH = '/api/workers/bookings';

const isoDay = z.string().refine(isDay, 'must be a date such as "2026-11-27"');
const name = z.string().min(1).max(200);
const id = z.string().min(1).max(200);
/** Shown name of a deployment: each has a diary of its own. */
const deployment = z.string().min(1).max(64);
const slot = {
  day: isoDay,
  minute: z.number().int().min(0).max(1_439),
  minutes: z.number().int().min(1).max(1_440),
};

const taken = z.object({ ...slot, person: name });
const booked = z.object({ ...slot, reference: id, service: name, person: name, name });

const wish = z.object({
  ...slot,
  service: name,
  name,
  person: name.optional(),
  people: z.array(name).max(200),
  replaces: id.optional(),
  phone: z.string().max(40).optional(),
  zone: z.string().max(100).refine(isTimeZone, 'must be a time zone such as "Europe/London"'),
  place: z.string().max(500).optional(),
});

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/** The call that asks, as far as the worker knows it. */
const where = z.object({
  room: z.string().max(256),
  roomSid: z.string().max(100).optional(),
  call: id.optional(),
});

/** What a worker asks. `request` is one id for all attempts to ask the same. */
export const deskRequest = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('taken'), deployment, from: isoDay, to: isoDay }),
  z.object({ ask: z.literal('find'), deployment, day: isoDay, name }),
  z.object({ ask: z.literal('book'), deployment, request: id, where, wish }),
  z.object({ ask: z.literal('cancel'), deployment, request: id, where, reference: id }),
]);
export type DeskRequest = z.infer<typeof deskRequest>;
export type BookRequest = Extract<DeskRequest, { ask: 'book' }>;
export type CancelRequest = Extract<DeskRequest, { ask: 'cancel' }>;
export type CallPlace = z.infer<typeof where>;

/** What the web process answers to each. */
export const deskAnswer = {
  taken: z.object({ taken: z.array(taken) }),
  find: z.object({ found: z.array(booked) }),
  /** Without a booking: somebody else has that time. */
  book: z.object({ booking: booked.optional() }),
  cancel: z.object({ cancelled: z.boolean() }),
} as const;

/** An appointment as the agent tells it. */
export type Booked = z.infer<typeof booked>;

/** An appointment that a caller wants. */
export interface Wish extends Wanted {
  readonly phone?: string;
  /** IANA zone of the practice's wall clock. */
  readonly zone: string;
  /** Name and address of the practice. */
  readonly place?: string;
}

/** A message as it is taken. */
export interface NewMessage {
  readonly text: string;
  readonly for?: string;
  readonly from?: string;
  readonly phone?: string;
}

/** The diary cannot be reached. */
export class DeskAway extends Error {}

/** The desk of one call. */
export interface Desk {
  /** Times that are taken from day to day, both included. @throws {DeskAway} */
  taken(from: string, to: string): Promise<readonly Taken[]>;
  /**
   * The appointments that hold on that day under that name. What protects those of others: the name has to
   * be the whole one that the appointment was made under, first and last, and the day the right one; who
   * knows both could cancel it with a person on the telephone as well. @throws {DeskAway}
   */
  find(day: string, name: string): Promise<readonly Booked[]>;
  /** Books or moves; undefined where somebody else has that time. @throws {DeskAway} */
  book(wish: Wish): Promise<Booked | undefined>;
  /** Cancels; false where no such appointment holds. @throws {DeskAway} */
  cancel(reference: string): Promise<boolean>;
  /** Takes a message, also while the web process is away; returns its reference. */
  takeMessage(message: NewMessage): string;
}

/** Short enough to be read out, long enough not to meet another in one diary. */
export const referenceOf = (uuid: string) => uuid.slice(0, 8);
