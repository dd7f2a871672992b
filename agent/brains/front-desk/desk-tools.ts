// The contract of Ada's function tools: their arguments as a model fills them in, and their results.
// Shared by the tools (agent/agents/) and the built-in brain, so that both mean the same.
import { z } from 'zod';
import { fromTime, isDay } from './calendar';

const day = z.string().refine(isDay, 'must be a date such as "2026-11-27"');
const time = z
  .string()
  .refine((text) => fromTime(text) !== undefined, 'must be a 24-hour time such as "14:30"');
const service = z.string().describe('Name of the service, as in the facts');
const person = z.string().describe('Name of the person, as in the facts; leave out for anyone');

/** Arguments of each tool. */
export const parameters = {
  currentTime: z.object({}),
  findFreeTimes: z.object({
    day: day.describe('First day to look at, YYYY-MM-DD'),
    at: time.optional().describe('The time wished for, HH:MM'),
    after: time.optional().describe('Not before this time'),
    before: time.optional().describe('Before this time'),
    service: service.optional(),
    person: person.optional(),
  }),
  findAppointment: z.object({
    name: z.string().trim().min(1).max(80).describe('First and last name it was booked under'),
    day: day.describe('Day of the appointment, YYYY-MM-DD'),
    time: time.optional().describe('Its time, HH:MM, where there are several'),
  }),
  bookAppointment: z.object({
    day,
    time,
    name: z.string().trim().min(1).max(80).describe('Name of the patient'),
    phone: z.string().max(40).optional().describe('Number to call back, where the caller told it'),
    service: service.optional(),
    person: person.optional(),
    replaces: z.string().optional().describe('Reference of an appointment that this one replaces'),
  }),
  cancelAppointment: z.object({ reference: z.string().describe('Reference of the appointment') }),
  takeMessage: z.object({
    text: z.string().trim().min(1).max(2_000),
    for: z.string().max(80).optional().describe('Who the message is for'),
    from: z.string().max(80).optional().describe('Name of the caller'),
    phone: z.string().max(40).optional().describe('Number to call back'),
  }),
} as const;

const slot = z.object({ day: z.string(), time: z.string(), person: z.string() });

/** What `findFreeTimes` tells. */
export const freeTimesResult = z.object({
  /** Whether the time wished for is free, on the day asked for. */
  exact: z.boolean(),
  /** Free times, near what was asked for; on a later day where that day has none. */
  free: z.array(slot),
});

/** What `findAppointment` tells: the one there is, or only how many, of which none is told. */
export const foundResult = z.object({
  found: z.number(),
  appointment: z
    .object({ reference: z.string(), ...slot.shape, service: z.string(), name: z.string() })
    .optional(),
});

/** What `bookAppointment` tells: made, or refused with what is free instead. */
export const bookingResult = z.discriminatedUnion('booked', [
  z.object({
    booked: z.literal(true),
    reference: z.string(),
    ...slot.shape,
    service: z.string(),
    minutes: z.number(),
    name: z.string(),
  }),
  z.object({ booked: z.literal(false), why: z.string(), free: z.array(slot) }),
]);

export const cancelResult = z.object({ cancelled: z.boolean() });

export type FreeTimesResult = z.infer<typeof freeTimesResult>;
export type FoundResult = z.infer<typeof foundResult>;
export type BookingResult = z.infer<typeof bookingResult>;
