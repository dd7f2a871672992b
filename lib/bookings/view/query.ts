// Which appointments are asked for, as the address of `GET /api/bookings` and of the calendar says it:
// parsed strictly, since a filter with a wrong name that is passed over would show what nobody asked for.
import { z } from 'zod';
import { PRODUCTION } from '../../deployment';
import { Problem } from '../../problem';
import { isDay } from '../days';
import type { DeskFilter } from '../store/read-desk';

/** Characters of a search. Our own choice: it is typed. */
const NAME_MAX = 200;

const isoDay = z.string().refine(isDay, 'must be a date such as "2026-11-27"');
const deployment = z.string().max(64);
const filter = z.strictObject({
  deployment: deployment.optional(),
  /** First and last day. */
  from: isoDay.optional(),
  to: isoDay.optional(),
  /** Part of a name. */
  q: z.string().trim().max(NAME_MAX).optional(),
});
const feed = z.strictObject({
  deployment: deployment.default(PRODUCTION),
  /** Looked at before (`rights/guard.ts`). */
  key: z.string().optional(),
});

/** An empty value counts as not given. @throws {Problem} 400 with what is wrong first */
function parse<T extends z.ZodObject>(schema: T, params: URLSearchParams): z.output<T> {
  const given = Object.fromEntries([...params].filter(([, value]) => value !== ''));
  const { data, error } = schema.safeParse(given);
  if (!error) return data as z.output<T>;
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const valid = Object.keys(schema.shape);
    throw new Problem('invalid-request', `${issue.keys[0]} is not a filter.`, { valid });
  }
  throw new Problem('invalid-request', `${String(issue?.path[0])} ${issue?.message}.`);
}

/** @throws {Problem} 400 */
export function parseDeskQuery(params: URLSearchParams): DeskFilter {
  const { q: name, ...others } = parse(filter, params);
  return { ...others, name };
}

/** The diary that a calendar follows: production's, unless another is named. @throws {Problem} 400 */
export const parseFeedQuery = (params: URLSearchParams): string => parse(feed, params).deployment;
