// What people read about each kind of wrong value.
import { expect, it } from 'vitest';
import { z } from 'zod';
import { issueWords } from '@/lib/core/issue-words';

const WIDE = z.strictObject({ room: z.string(), agents: z.array(z.string()) });

it.each([
  [z.string(), undefined, 'is required'],
  [z.string(), 7, 'must be a text'],
  [z.number(), 'x', 'must be a number'],
  [z.number(), Number.NaN, 'must be a number'],
  [z.coerce.number().int(), '2.5', 'must be a whole number'],
  [z.boolean(), 'yes', 'must be true or false'],
  [z.array(z.string()), {}, 'must be a list'],
  [z.object({}), [], 'must be an object'],
  [z.record(z.string(), z.string()), [], 'must be an object'],
  [z.array(z.string()).min(1), [], 'must not be empty'],
  [z.string().min(1), '', 'must not be empty'],
  [z.string().min(8), 'short', 'must have at least 8 characters'],
  [z.string().max(1), 'long', 'may have at most 1 character'],
  [z.string().length(4), 'x', 'must have exactly 4 characters'],
  [z.array(z.string()).min(2), [], 'must have at least 2 entries'],
  [z.array(z.string()).max(1), ['a', 'b'], 'may have at most 1 entry'],
  [z.number().min(1), 0, 'must be at least 1'],
  [z.number().max(9), 10, 'must be at most 9'],
  [z.number().positive(), 0, 'must be more than 0'],
  [z.number().multipleOf(5), 3, 'must be a multiple of 5'],
  [z.enum(['a', 'b']), 'c', 'must be one of a, b'],
  [z.literal('a'), 'c', 'must be a'],
  [z.email(), 'x', 'must be an email address'],
  [z.url(), 'x', 'must be a URL'],
  [z.string().regex(/^a$/), 'x', 'has a form that is not allowed'],
  [z.union([z.string(), z.number()]), {}, 'is not valid'],
  [
    z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })]),
    { kind: 'b' },
    'is not a known kind',
  ],
  [z.string().refine(() => false), 'x', 'is not valid'],
  [z.string().refine(() => false, 'must rise'), 'x', 'must rise'],
  [WIDE, { room: 'r', agents: [], x: 1 }, 'is not a known field. Known: room, agents'],
])('%#: %j', (schema: z.ZodType, value, words) => {
  const { error } = schema.safeParse(value, { error: issueWords });
  expect(error?.issues.map(({ message }) => message)).toEqual([words]);
});
