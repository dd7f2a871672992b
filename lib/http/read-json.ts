// A request's JSON body, read within bounds of size and time and checked by a zod schema. Whatever
// is wrong with it becomes the problem document that names the place.
import type { z } from 'zod';
import { type FieldError, Problem, pointer } from '@/lib/core/problem';

/** Largest body in bytes. Our own choice: a full token request with 16 KiB of metadata fits twice. */
export const BODY_MAX_BYTES = 64 * 1024;
/**
 * How many bytes of a body that is too large are read and thrown away. A client that still sends while the server
 * closes the connection never sees the answer. Our own choice: a mistake fits, a flood does not.
 */
const DRAIN_MAX_BYTES = 1024 * 1024;
/** Longest time in milliseconds a body may take to arrive. Our own choice. */
const BODY_MAX_MS = 10_000;
/** Most errors listed in one document: enough to mend a request, too few to be an echo. */
const ERRORS_MAX = 20;

/** After a body that was not read to its end the connection cannot be used again. */
const CLOSE = { connection: 'close' };

/** What a body may be. */
interface BodyBounds {
  /** Its media type. */
  readonly type?: string;
  /** Largest size in bytes. */
  readonly maxBytes?: number;
  /** Longest time in milliseconds for it to arrive. */
  readonly maxMs?: number;
}

/**
 * The body as text, once its type says JSON.
 * @throws {Problem} 415, 413, 408, or 400 where the bytes are not UTF-8.
 */
export async function readBody(
  request: Request,
  { type = 'application/json', maxBytes = BODY_MAX_BYTES, maxMs = BODY_MAX_MS }: BodyBounds = {},
): Promise<string> {
  const tooLarge = () =>
    new Problem('too-large', `The body may have at most ${maxBytes} bytes.`, {}, CLOSE);
  if (request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() !== type) {
    throw new Problem('unsupported-media-type', `Send the body as ${type}.`);
  }
  const reader = request.body?.getReader();
  if (!reader) return '';
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const problem = new Problem(
      'slow-body',
      `The body took over ${maxMs} ms to arrive.`,
      {},
      CLOSE,
    );
    timer = setTimeout(reject, maxMs, problem);
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  const announced = Number(request.headers.get('content-length'));
  const isTooLarge = () => announced > maxBytes || size > maxBytes;
  try {
    for (;;) {
      // The stream is not cancelled on failure: that would close the socket before the answer is out.
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      size += value.byteLength;
      if (size > maxBytes + DRAIN_MAX_BYTES) break;
      if (!isTooLarge()) chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
  }
  if (isTooLarge()) throw tooLarge();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Problem('invalid-request', 'The body is not UTF-8 text.');
  }
}

/** Each zod issue as the places it speaks of: an unknown key is its own place. */
function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: pointer(...issue.path, key),
          detail: 'is not a field of this request',
        }))
      : [{ pointer: pointer(...issue.path), detail: issue.message }],
  );
}

/**
 * The JSON in `text`, checked.
 * @throws {Problem} 400 with a pointer to each wrong place.
 */
export function parseJson<T extends z.ZodType>(text: string, schema: T): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem('invalid-request', 'The body is not JSON.');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error.issues).slice(0, ERRORS_MAX);
  const detail = errors.map((error) => `${error.pointer}: ${error.detail}`).join('; ');
  throw new Problem('invalid-request', `${detail}.`, { errors });
}
