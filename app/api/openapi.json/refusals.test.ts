// What people read when a field of a request is wrong: plain sentences, for each field of each route.
import { expect, it } from 'vitest';
import { OPERATIONS } from '@/app/api/openapi.json/document';
import { toProblem } from '@/lib/core/problem';
import { parseJson } from '@/lib/http/read-json';

/** Wrong for almost every field. */
const ODD = [
  7,
  -1,
  1.5,
  1e300,
  '',
  'x',
  'x'.repeat(70_000),
  true,
  [],
  [7],
  {},
  { odd: 1 },
] as const;

/** The body with each of its fields replaced, and without it. */
function* replaced(body: unknown): Generator<unknown> {
  yield* [...ODD, null];
  if (typeof body !== 'object' || body === null) return;
  for (const [key, value] of Object.entries(body)) {
    const put = (one: unknown) =>
      Array.isArray(body) ? body.with(Number(key), one) : { ...body, [key]: one };
    for (const one of replaced(value)) yield put(one);
  }
  if (!Array.isArray(body)) yield { ...body, odd: 1 };
}

/** What is said about a body; undefined if it is accepted. */
function saidOf(schema: Parameters<typeof parseJson>[1], body: unknown): string | undefined {
  try {
    parseJson(JSON.stringify(body), schema);
    return undefined;
  } catch (error) {
    return toProblem(error).detail;
  }
}

const BODIES = Object.entries(OPERATIONS).flatMap(([operation, { body }]) =>
  body ? [{ operation, ...body }] : [],
);

it.each(BODIES)('$operation says in words what is wrong', ({ schema, example }) => {
  const said = [...replaced(example)].flatMap((body) => saidOf(schema, body) ?? []);
  expect(said.length).toBeGreaterThan(5);
  expect(
    [...new Set(said)].filter((one) => !/^[^#\s]\S* .*\.$|^The body .*\.$/s.test(one)),
  ).toEqual([]);
  const raw = /expected|invalid input|too (small|big)|received|unrecognized|\bNaN\b|is not valid/i;
  expect([...new Set(said)].filter((one) => raw.test(one))).toEqual([]);
});

it.each([
  ['POST /api/account/keys', { name: 'k', rights: [], days: 1 }, 'rights must not be empty.'],
  ['POST /api/agents', { name: ' ' }, 'name must not be blank.'],
  [
    'POST /api/agents/[name]/rollout',
    { deployment: 'staging', steps: [5, null, 'half'] },
    /^steps\/1 must be a number; steps\/2 must be a number\.$/,
  ],
  ['POST /api/people', { role: 'boss' }, /^role must be one of .*admin.*\.$/],
  [
    'POST /api/simulations',
    { names: [], deployments: ['staging'], times: 1, at_once: 1 },
    'names must not be empty.',
  ],
])('%s with %j', (operation, body, words) => {
  const { schema } = OPERATIONS[operation]?.body ?? {};
  if (!schema) throw new Error('It has no body');
  expect(saidOf(schema, body)).toMatch(words);
});
