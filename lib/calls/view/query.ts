// Parses the filter of `GET /api/calls`. Strict: ignoring a misspelled filter would return calls that nobody asked for.
import { z } from 'zod';
import { ENDED_BY } from '@/lib/calls/call';
import type { CallFilter } from '@/lib/calls/store/store';
import { issueWords } from '@/lib/core/issue-words';
import { Problem } from '@/lib/core/problem';

/** Maximum number of calls in a response. */
const LIMIT_MAX = 100;
/** Maximum characters of a search. Our own choice. */
const TEXT_MAX = 200;

/** ISO 8601 with a time zone, or a day in UTC. Without a zone it would be the server's time. */
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

const time = z.string().transform((value, context) => {
  const at = /^\d+$/.test(value) ? Number(value) : ISO.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isSafeInteger(at) && at >= 0) return at;
  context.addIssue('must be a time: ISO 8601 with a zone, or milliseconds since 1970');
  return z.NEVER;
});

const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true');

/** The filter of lists and exports of calls. */
export const callQuery = z.object({
  agent_name: z.string().max(300).optional(),
  deployment: z.string().max(64).optional(),
  outcome: z.string().max(300).optional(),
  ended_by: z.enum(ENDED_BY).optional(),
  /** Calls requested at or after. */
  from: time.optional(),
  /** Calls requested before. */
  to: time.optional(),
  /** Search in transcripts. */
  text: z.string().trim().max(TEXT_MAX).optional(),
  live: yesOrNo.optional(),
  /** Calls made by simulations. */
  test: yesOrNo.optional(),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).optional(),
  cursor: z.string().max(1_000).optional(),
});
const NAMES = Object.keys(callQuery.shape);

function wrong(name: string, why: string, valid?: readonly string[]): Problem {
  return new Problem('invalid-request', `${name} ${why}.`, valid ? { valid } : {});
}

/**
 * The filter in a query string; an empty value counts as not set.
 * @throws {Problem} 400 that names the first invalid parameter, and the valid values
 */
export function parseCallQuery(params: URLSearchParams): CallFilter {
  const given = [...params]
    .filter(([, value]) => value !== '')
    // The name of before 0.2, read for one release.
    .map(([name, value]) => [name === 'agent' ? 'agent_name' : name, value] as const);
  const unknown = given.find(([name]) => !NAMES.includes(name));
  if (unknown) throw wrong(unknown[0], 'is not a filter', NAMES);
  const parsed = callQuery.safeParse(Object.fromEntries(given), { error: issueWords });
  const issue = parsed.error?.issues[0];
  if (issue) {
    const name = String(issue.path[0]);
    if (issue.code === 'invalid_value') {
      const valid = issue.values.map(String);
      throw wrong(name, `must be one of ${valid.join(', ')}`, valid);
    }
    throw wrong(name, issue.message);
  }
  const {
    agent_name: agent,
    ended_by: endedBy,
    ...others
  } = parsed.data as z.infer<typeof callQuery>;
  return { ...others, agent, endedBy };
}
