// The server log. Everything in it is one line without secrets, so that nothing that a caller sends can forge a line, and
// errors have their names, codes and messages, but not what was being processed: transcripts, requests, parameters.
import { stripVTControlCharacters } from 'node:util';
import { isConfigError } from '@/lib/core/config';
import { pointer } from '@/lib/core/problem';
import { redact } from '@/lib/core/redact';

/** Maximum characters of one message. */
const MESSAGE_MAX = 1_000;
/** Characters of a message that are looked at: more than are shown, so that no secret is cut before it is recognized. */
const LOOKED_AT = 20_000;
/** Characters of a query, which may be a whole batch. */
const QUERY_MAX = 200;
/** Errors of a chain, errors of a list, and frames of a stack that are shown. */
const CAUSES_MAX = 5;
const ERRORS_MAX = 3;
const FRAMES_MAX = 4;
/** Faults of a document that are shown. */
const ISSUES_MAX = 10;

/**
 * Control characters, line separators, and invisible characters, some of which change the direction of text: they end a
 * line, or change what a terminal shows.
 */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text on one line: each control character is written as in JSON, such as `\n`. */
export const oneLine = (text: string): string =>
  text.replace(
    CONTROL,
    (char) =>
      SHORT[char] ??
      Array.from(
        { length: char.length },
        (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
      ).join(''),
  );

function cleaned(text: string): string {
  const clean = oneLine(redact(text.slice(0, LOOKED_AT)));
  return clean.length > MESSAGE_MAX ? `${clean.slice(0, MESSAGE_MAX)}…` : clean;
}

/** The properties by which errors of all libraries are described; other ones may contain payloads. */
type Described = Partial<
  Readonly<
    Record<
      | 'name'
      | 'message'
      | 'stack'
      | 'code'
      | 'status'
      | 'statusCode'
      | 'kind'
      | 'query'
      | 'issues'
      | 'errors'
      | 'cause',
      unknown
    >
  >
>;

/** A code, such as a SQLSTATE, an errno, an HTTP status or the kind of a problem. */
const codesOf = ({ code, kind, status, statusCode }: Described): string[] =>
  [code, kind, status ?? statusCode].flatMap((one) =>
    typeof one === 'number' || (typeof one === 'string' && /^[\w.-]{1,60}$/.test(one))
      ? [String(one)]
      : [],
  );

/** What is wrong with a document (zod): where and what, without the values. */
function issuesOf(issues: readonly unknown[]): string {
  const said = (issues as readonly { path?: readonly PropertyKey[]; code?: string }[])
    .slice(0, ISSUES_MAX)
    .map(({ path = [], code }) => `${pointer(...path)} ${code}`);
  return [...said, ...(issues.length > ISSUES_MAX ? ['…'] : [])].join(', ');
}

/** A PostgreSQL error in the data, whose message quotes the value. */
const isDataError = ({ code }: Described) => typeof code === 'string' && /^22\w{3}$/.test(code);

function messageOf(error: Described): string {
  const { name, message, query, issues } = error;
  if (Array.isArray(issues)) return issuesOf(issues);
  if (isConfigError(error)) return error.problems.join('; ');
  if (typeof query === 'string' && String(message).startsWith('Failed query')) {
    return `Failed query: ${query.slice(0, QUERY_MAX)}${query.length > QUERY_MAX ? '…' : ''}`;
  }
  const text = typeof message === 'string' ? message : '';
  if (isDataError(error)) return text.replace(/"[\s\S]*/, '"…"');
  // It quotes the beginning of the text.
  if (name === 'SyntaxError' && text.includes('is not valid JSON')) return 'invalid JSON';
  return text;
}

/** The top frames of the stack, for errors that nothing else explains. */
function framesOf({ message, stack }: Described): string {
  if (typeof stack !== 'string' || typeof message !== 'string') return '';
  // The message comes first, and may have lines that look like frames.
  const at = stack.indexOf(message);
  if (at === -1) return '';
  const frames = stack
    .slice(at + message.length)
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, FRAMES_MAX);
  return frames.map((line) => ` ${line.trim()}`).join('');
}

const isObject = (value: unknown): value is Described =>
  typeof value === 'object' && value !== null;

function chain(error: unknown, depth: number): string[] {
  if (!isObject(error))
    return [typeof error === 'function' ? 'a function' : cleaned(String(error))];
  const given = error.name ?? Object.getPrototypeOf(error)?.constructor?.name;
  const name = typeof given === 'string' && given !== '' ? given.slice(0, 100) : 'Error';
  const codes = codesOf(error);
  const head = [name, ...codes].join(' ');
  const message = messageOf(error);
  const further = Array.isArray(error.errors) ? error.errors.slice(0, ERRORS_MAX) : [];
  const causes = error.cause === undefined ? further : [error.cause, ...further];
  const explained =
    causes.length > 0 || codes.length > 0 || Array.isArray(error.issues) || depth > 1;
  const frames = explained || isConfigError(error) ? '' : cleaned(framesOf(error));
  const own = `${cleaned(message ? `${head}: ${message}` : head)}${frames}`;
  if (depth >= CAUSES_MAX) return [own];
  return [own, ...causes.flatMap((cause) => chain(cause, depth + 1))];
}

/**
 * An error and its causes on one line, without secrets: names, codes and messages, without values of queries, documents
 * and other properties. An error that nothing else explains has the top of its stack.
 */
export function describeError(error: unknown): string {
  try {
    return chain(error, 1).join('; caused by ');
  } catch {
    // A value of another program that throws when it is read.
    return 'an error that cannot be read';
  }
}

const lineOf = (what: string, error: unknown) =>
  error === undefined ? cleaned(what) : `${cleaned(what)}: ${describeError(error)}`;

/** Logs an error as one line: what failed, and why. Neither contains secrets or control characters. */
export const logError = (what: string, error?: unknown): void => console.error(lineOf(what, error));

/** Logs an event that is not an error as one line, in the same way. */
export const logInfo = (what: string): void => console.info(lineOf(what, undefined));

/**
 * Makes errors that others write to the console like ours. Next logs an error of a page with all its properties.
 */
export function cleanConsole(): void {
  const { error: write } = console;
  const line = (said: readonly unknown[]) =>
    said
      .map((one) =>
        typeof one === 'string' ? cleaned(stripVTControlCharacters(one)) : describeError(one),
      )
      .join(' ');
  console.error = (...said) => write(line(said));
  console.warn = (...said) => write(line(said));
}
