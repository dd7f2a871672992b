// Reads a request's JSON body, with limits on size and time, and validates it with a zod schema. Errors become
// problem documents that point to each invalid field.

import type { z } from 'zod';
import { englishDuration } from '@/lib/core/figures';
import { issueWords } from '@/lib/core/issue-words';
import { isTooDeep } from '@/lib/core/nesting';
import {
  type FieldError,
  fieldSentence,
  Problem,
  type ProblemKind,
  pointer,
} from '@/lib/core/problem';
import { isUnstorable } from '@/lib/core/unstorable';
import type { RequestServer } from '@/lib/http/server';

/** Maximum body size in bytes. Our own choice: a full token request with 16 KiB of metadata fits twice. */
export const BODY_MAX_BYTES = 64 * 1024;
/**
 * How many bytes of a body that is too large are read and discarded. A client that is still sending when the server
 * closes the connection never sees the response. Our own choice: an honest mistake fits, a flood does not.
 */
export const DRAIN_MAX_BYTES = 1024 * 1024;
/** Maximum milliseconds for a body to arrive. Our own choice. */
const BODY_MAX_MS = 10_000;
/** Maximum number of errors in one document: enough to fix a request, too few to reflect large input. */
const ERRORS_MAX = 20;

/**
 * Bytes of all bodies that are being read at once. Our own choice: ten of the largest that LiveKit and workers sign, or
 * 600 of the others.
 */
export const READING_MAX_BYTES = 40 * 1024 * 1024;

/**
 * Maximum bytes of a body that is read at once, without a stream, which takes longer than the rest of reading it, and without
 * being counted: its connection takes more. Node.js reads no more than the sender has announced.
 */
const SMALL_BYTES = 4 * 1024;

/** If a body was not read to its end, the connection cannot be reused. */
const CLOSE = { connection: 'close' };

interface BodyBounds {
  /** Its media type, or those that it may have. */
  readonly type?: string | readonly string[];
  /** Maximum size in bytes. */
  readonly maxBytes?: number | undefined;
  /** Maximum milliseconds for it to arrive. */
  readonly maxMs?: number;
}

/** The media type of a request's body, without parameters. */
export const mediaType = ({ headers }: Request): string =>
  headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';

/**
 * The body as text, if it has the right content type.
 * @throws {Problem} as {@link readBytes}, or 400 if the bytes are not UTF-8
 */
export async function readBody(
  server: Pick<RequestServer, 'bodies'>,
  request: Request,
  bounds?: BodyBounds,
): Promise<string> {
  const bytes = await readBytes(server, request, bounds);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('invalid-request', 'The body is not valid UTF-8.');
  }
}

/**
 * The body, if it has the right content type.
 * @throws {Problem} 415, 413, 408, or 503 if too many bodies are being read
 */
export async function readBytes(
  server: Pick<RequestServer, 'bodies'>,
  request: Request,
  { type = 'application/json', maxBytes = BODY_MAX_BYTES, maxMs = BODY_MAX_MS }: BodyBounds = {},
): Promise<Uint8Array> {
  const tooLarge = () =>
    new Problem('too-large', `The body may have at most ${maxBytes} bytes.`, {}, CLOSE);
  const types = [type].flat();
  if (!types.includes(mediaType(request))) {
    throw new Problem('unsupported-media-type', `Send the body as ${types.join(' or ')}.`);
  }
  const length = request.headers.get('content-length');
  const announced = Number(length);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new Problem(
          'slow-body',
          `The body did not arrive within ${englishDuration(maxMs)}.`,
          {},
          CLOSE,
        ),
      );
    }, maxMs);
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  let held = 0;
  const isTooLarge = () => announced > maxBytes || size > maxBytes;
  try {
    if (length !== null && announced <= Math.min(SMALL_BYTES, maxBytes)) {
      return new Uint8Array(await Promise.race([request.arrayBuffer(), late]));
    }
    const reader = request.body?.getReader();
    if (!reader) return new Uint8Array();
    for (;;) {
      // The stream is not cancelled on failure: that would close the socket before the response is sent.
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      size += value.byteLength;
      if (size > maxBytes + DRAIN_MAX_BYTES) break;
      if (isTooLarge()) continue;
      if (server.bodies.bytes + value.byteLength > READING_MAX_BYTES) throw tooManyBodies();
      chunks.push(value);
      held += value.byteLength;
      server.bodies.bytes += value.byteLength;
    }
  } finally {
    clearTimeout(timer);
    server.bodies.bytes -= held;
  }
  if (isTooLarge()) throw tooLarge();
  return Buffer.concat(chunks);
}

const tooManyBodies = () =>
  new Problem(
    'busy',
    'Too many requests are being read. Try again in a few seconds.',
    {},
    {
      ...CLOSE,
      'retry-after': '2',
    },
  );

/** The fields that a zod issue refers to: each unknown key is a field. */
function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.flatMap((issue) => {
    const { path, message } = issue;
    if (issue.code !== 'unrecognized_keys') return [{ pointer: pointer(...path), detail: message }];
    // The known ones are listed once.
    return issue.keys.map((key, at) => ({
      pointer: pointer(...path, key),
      detail: at < issue.keys.length - 1 ? 'is not a known field' : message,
    }));
  });
}

interface JsonOptions {
  /**
   * Whether strings may contain what cannot be stored, and null means something: LiveKit and workers report what others
   * wrote.
   */
  readonly anyText?: boolean;
}

/** Strings and names in a JSON value that cannot be stored. */
function unstorable(value: unknown, path: readonly PropertyKey[] = []): FieldError[] {
  const detail = 'must not contain NUL characters or unpaired surrogates';
  if (typeof value === 'string') {
    return isUnstorable(value) ? [{ pointer: pointer(...path), detail }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const here = [...path, key];
    return isUnstorable(key) ? [{ pointer: pointer(...here), detail }] : unstorable(one, here);
  });
}

/** The value without fields that are null: in protobuf's JSON, and so in all requests, they are not set. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([key, one]) => [key, withoutNulls(one)]),
  );
}

/** The first field that is nested too deep. */
function tooDeep(value: unknown): FieldError[] {
  if (!isTooDeep(value)) return [];
  const found = Object.entries(value as object).find(([, one]) => isTooDeep([one]));
  return [{ pointer: pointer(...(found ?? []).slice(0, 1)), detail: 'is nested too deep' }];
}

function refused(kind: ProblemKind, all: readonly FieldError[]): Problem {
  const errors = all.slice(0, ERRORS_MAX);
  const detail = errors.map(fieldSentence).join('; ');
  return new Problem(kind, `${detail}.`, { errors });
}

/**
 * Parses and validates the JSON in `text`.
 * @throws {Problem} 400 with a pointer to each invalid field, 422 with a pointer to each text that cannot be stored
 */
export function parseJson<T extends z.ZodType>(
  text: string,
  schema: T,
  { anyText = false }: JsonOptions = {},
): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem('invalid-request', 'The body is not valid JSON.');
  }
  const deep = tooDeep(value);
  if (deep.length > 0) throw refused('invalid-request', deep);
  const parsed = schema.safeParse(anyText ? value : withoutNulls(value), { error: issueWords });
  if (!parsed.success) throw refused('invalid-request', fieldErrors(parsed.error.issues));
  const odd = anyText ? [] : unstorable(value);
  if (odd.length > 0) throw refused('out-of-bounds', odd);
  return parsed.data;
}

/**
 * The JSON body, validated.
 * @throws {Problem} as {@link readBody} and {@link parseJson}
 */
export const readJson = async <T extends z.ZodType>(
  server: Pick<RequestServer, 'bodies'>,
  request: Request,
  schema: T,
  bounds?: BodyBounds,
): Promise<z.output<T>> => parseJson(await readBody(server, request, bounds), schema);
