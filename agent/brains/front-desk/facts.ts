// What a practice's facts look like, checked when they are loaded: a typing error in the file that
// a user edits is told in words at the start, not found by a caller.
import { z } from 'zod';
import { billingFacts } from '../billing/facts';
import { WEEKDAYS, type Weekday } from './calendar';

/** A stretch of a day in minutes after midnight, end not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const SPAN = /^([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-4]):([0-5]\d)$/;

const hours = z.string().transform((text, ctx): Span[] => {
  if (text.trim().toLowerCase() === 'closed') return [];
  return text.split(',').map((part) => {
    const match = SPAN.exec(part.trim());
    const [from, to] = match
      ? [Number(match[1]) * 60 + Number(match[2]), Number(match[3]) * 60 + Number(match[4])]
      : [0, 0];
    if (from >= to) {
      ctx.addIssue(`"${part.trim()}" must be "closed" or hours such as "08:30-18:00"`);
    }
    return { from, to };
  });
});

const weekday = z.enum(WEEKDAYS, `must be one of ${WEEKDAYS.join(', ')}`);
const words = z.array(z.string().min(1)).default([]);

const schema = z
  .object({
    name: z.string().min(1),
    /** IANA zone of the practice; without it, the zone of the machine. */
    timeZone: z
      .string()
      .refine((zone) => {
        try {
          return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
        } catch {
          return false;
        }
      }, 'must be a time zone such as "Europe/London"')
      .optional(),
    address: z.string().min(1),
    directions: z.string().optional(),
    phone: z.string().min(1),
    emergencyNumber: z.string().min(1),
    hours: z.object(
      Object.fromEntries(WEEKDAYS.map((day) => [day, hours])) as Record<Weekday, typeof hours>,
    ),
    closedOn: z
      .array(z.object({ date: z.iso.date('must be a date such as "2026-12-25"'), why: z.string() }))
      .default([]),
    /** How many days ahead appointments can be made. */
    bookAheadDays: z.number().int().min(1).max(730),
    services: z
      .array(
        z.object({
          name: z.string().min(1),
          minutes: z.number().int().min(5).max(240),
          /** Other words by which callers ask for it. */
          words,
        }),
      )
      .min(1, 'needs at least one service; the first is the usual one'),
    people: z
      .array(
        z.object({
          /** As spoken, with the title: "Doctor Lee". */
          name: z.string().min(1),
          role: z.string().min(1),
          days: z.array(weekday).min(1),
          services: z.array(z.string()).min(1),
          /** How a speech recogniser may write the name. */
          soundsLike: words,
        }),
      )
      .min(1),
    billing: billingFacts,
  })
  .superRefine((facts, ctx) => {
    const names = facts.services.map((service) => service.name);
    facts.people.forEach((person, index) => {
      for (const service of person.services) {
        if (names.includes(service)) continue;
        ctx.addIssue({
          code: 'custom',
          path: ['people', index, 'services'],
          message: `"${service}" is not a service; there are ${names.join(', ')}`,
        });
      }
    });
    for (const service of Object.keys(facts.billing.prices)) {
      if (names.includes(service)) continue;
      ctx.addIssue({
        code: 'custom',
        path: ['billing', 'prices', service],
        message: `is not a service; there are ${names.join(', ')}`,
      });
    }
    facts.services.forEach((service, index) => {
      if (facts.people.some((person) => person.services.includes(service.name))) return;
      ctx.addIssue({
        code: 'custom',
        path: ['services', index],
        message: `nobody gives "${service.name}": name it under one of the people`,
      });
    });
  });

/** The facts as a user writes them. */
export type PracticeFacts = z.input<typeof schema>;
/** The facts, checked: hours as minutes. */
export type Practice = z.output<typeof schema>;
export type Service = Practice['services'][number];
export type Person = Practice['people'][number];

/**
 * Checks the facts.
 * @throws {Error} with one line for each thing that is wrong: where it is, and what it must be.
 */
export function definePractice(facts: PracticeFacts): Practice {
  const parsed = schema.safeParse(facts);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  - ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The facts of the practice cannot be used:\n${lines.join('\n')}`);
}
