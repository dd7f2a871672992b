// The server log: one line each, without payloads.
import { DrizzleQueryError } from 'drizzle-orm';
import { afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ConfigError } from '@/lib/core/config';
import { cleanConsole, describeError, logError, logInfo, oneLine } from '@/lib/core/log';
import { Problem } from '@/lib/core/problem';

afterEach(() => {
  vi.restoreAllMocks();
});

/** What a caller said; it must not appear. */
const SPOKEN = 'my card number is 4111';

/** An error of the PostgreSQL driver. */
const postgresError = (message: string, code: string) =>
  Object.assign(new Error(message), {
    name: 'PostgresError',
    severity: 'ERROR',
    code,
    detail: `Failing row contains (${SPOKEN}).`,
    where: `unnamed portal parameter $1 = '${SPOKEN}'`,
    parameters: [SPOKEN],
  });

it('shows the code and the message of a database error, and no parameters', () => {
  const cause = postgresError('null value in column "text" violates not-null constraint', '23502');
  const parameters = [`first line\n${SPOKEN}\nparams: ${SPOKEN}\n    at x (y:1:2)`];
  const error = new DrizzleQueryError('insert into "events" values ($1)', parameters, cause);
  const problem = new Problem('database-unavailable', 'It is away.', {}, {}, { cause: error });
  const line = describeError(problem);
  expect(line).toBe(
    'Problem database-unavailable: It is away.; ' +
      'caused by Error: Failed query: insert into "events" values ($1); ' +
      'caused by PostgresError 23502: null value in column "text" violates not-null constraint',
  );
});

it.each([
  ['a value in a PostgreSQL message', postgresError(`invalid input: "${SPOKEN}\n"x"`, '22P02')],
  ['properties', Object.assign(new Error('failed'), { body: SPOKEN, request: { text: SPOKEN } })],
  ['an object', { text: SPOKEN, error: { message: SPOKEN } }],
  ['properties of a cause', new Error('failed', { cause: { body: SPOKEN } })],
  ['invalid JSON', caught(() => JSON.parse(SPOKEN))],
  ['JSON of a cause', new Error('failed', { cause: caught(() => JSON.parse(`${SPOKEN}`)) })],
  ['a document', caught(() => z.object({ a: z.enum(['b']) }).parse({ a: SPOKEN }))],
  ['a message with a document', caught(() => z.literal('x', { error: SPOKEN }).parse('y'))],
  ['a wrapped query', new Error(`Save: Failed query: x\nparams: 1\n${SPOKEN}`)],
])('shows no payload: %s', (_, error) => {
  expect(describeError(error)).not.toMatch(/card|4111/);
});

it('shows where a document is wrong', () => {
  const error = caught(() => z.object({ 'a/b': z.array(z.number()) }).parse({ 'a/b': ['x'] }));
  expect(describeError(error)).toMatch(/^\w*Error: #\/a~1b\/0 invalid_type$/);
});

it('shows codes, causes and lists of errors', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED ::1:1'), { code: 'ECONNREFUSED' });
  const both = new AggregateError([refused, refused], '');
  expect(describeError(new TypeError('fetch failed', { cause: both }))).toBe(
    'TypeError: fetch failed; caused by AggregateError; ' +
      'caused by Error ECONNREFUSED: connect ECONNREFUSED ::1:1; ' +
      'caused by Error ECONNREFUSED: connect ECONNREFUSED ::1:1',
  );
  expect(describeError(Object.assign(new Error('no'), { status: 503 }))).toBe('Error 503: no');
  expect(describeError(new ConfigError(['A is not set', 'B too']))).toBe(
    'ConfigError: A is not set; B too',
  );
});

it('shows the top of the stack of an unexplained error, and not what its message pretends', () => {
  const line = describeError(new TypeError('bad\n    at forged (/etc:1:2)'));
  expect(line).toMatch(/^TypeError: bad\\n {4}at forged \(\/etc:1:2\) at .*log\.test\.ts:\d+:\d+/);
  expect(line.match(/ at /g)?.length).toBeLessThanOrEqual(5);
});

it('describes whatever is thrown', () => {
  const circular = new Error('again');
  circular.cause = circular;
  const trap = new Proxy(new Error('x'), {
    get: () => {
      throw new Error('no');
    },
  });
  const things = [
    undefined,
    null,
    1n,
    Symbol('x'),
    () => 1,
    Object.create(null),
    [],
    circular,
    trap,
  ];
  for (const thing of things) expect(describeError(thing)).toMatch(/^.{1,500}$/);
  expect(describeError('x'.repeat(100_000)).length).toBeLessThan(1_100);
});

it('has secrets in no part of an error', () => {
  vi.stubEnv('AUTH_SECRET', 'hush-hush-hush');
  const cause = new Error('to postgres://u:pw@host', { cause: 'hush-hush-hush' });
  const line = describeError(new Error('with hush-hush-hush', { cause }));
  vi.unstubAllEnvs();
  expect(line).not.toMatch(/hush|pw/);
  expect(line).toContain('postgres://[secret]@host');
});

/** Ends of lines, escape codes, and what changes the direction of text. */
const CONTROLS = [
  '\n',
  '\r',
  '\r\n',
  '\v',
  '\f',
  '\b',
  '\0',
  '\t',
  '\u001b[2J',
  '\u001b]0;x\u0007',
  '\u007f',
  '\u0085',
  '\u009b2J',
  '\u2028',
  '\u2029',
  '\u200b',
  '\u200e',
  '\u202e',
  '\u2066',
  '\u2069',
  '\ufeff',
  '\u{e0041}',
];

it.each(CONTROLS.map((one) => [JSON.stringify(one), one]))(
  'has no control characters: %s',
  (_, one) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const info = vi.spyOn(console, 'info').mockImplementation(() => {});
    const text = `a${one}webhooks: forged`;
    const named = Object.assign(new Error(text, { cause: text }), { name: text, code: text });
    logError(text, named);
    logError('thrown', text);
    logInfo(text);
    const lines = [...log.mock.calls, ...info.mock.calls];
    expect(lines).toHaveLength(3);
    for (const [line, ...more] of lines) {
      expect(more).toEqual([]);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(line).toContain('webhooks: forged');
    }
  },
);

it('escapes as JSON does', () => {
  const text = 'a\n\u001b\u2028\u{e0041}é—👋';
  expect(oneLine(text)).toBe('a\\n\\u001b\\u2028\\udb40\\udc41é—👋');
  expect(JSON.parse(`"${oneLine(text)}"`)).toBe(text);
});

it('cleans what others write to the console', () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  try {
    cleanConsole();
    const cause = new DrizzleQueryError('select $1', [`a\n${SPOKEN}`], new Error('away'));
    console.error(
      ' \u001b[31m⨯\u001b[39m',
      Object.assign(new Error('page', { cause }), { digest: '1' }),
    );
    console.warn('a\nb', { text: SPOKEN });
  } finally {
    vi.restoreAllMocks();
  }
  const [[line] = []] = log.mock.calls;
  expect(log.mock.calls.concat(warn.mock.calls).flat().join()).not.toMatch(/card|\n/);
  expect(line).toBe(
    ' ⨯ Error: page; caused by Error: Failed query: select $1; caused by Error: away',
  );
});

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
