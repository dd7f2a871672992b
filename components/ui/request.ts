// JSON requests of the pages to this server, and the problem documents (RFC 9457) that it answers with.
import type { Refusal } from '@/lib/dispatch/queue/queue-status';

/** An error at a place of the request, as a JSON pointer. */
export interface PlacedError {
  readonly pointer: string;
  readonly detail: string;
}

/** What is read of a problem document; nothing if the body is none. */
function problemIn(body = ''): Readonly<Partial<Record<'type' | 'detail' | 'errors', unknown>>> {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Why a request failed that the server has not answered with a problem document: keys of the shell's messages. */
export const FAILURES = ['unreachable', 'pageError'] as const;
type Failure = (typeof FAILURES)[number];
const failure = (name: Failure): string => name;

/** A failed request. Show it with `useFailureText`. */
export class ApiError extends Error {
  constructor(
    /** The server's own words, or one of {@link FAILURES}. */
    message: string,
    /** HTTP status; 0 without a response. */
    readonly status: number,
    /** The response; undefined without one, and for a success that this page cannot read. */
    readonly refusal?: Refusal,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The server's own message; empty without one. */
  get detail(): string {
    return textOf(problemIn(this.refusal?.body).detail);
  }

  /** The kind of the problem, at the end of its type; empty without one. */
  get kind(): string {
    return textOf(problemIn(this.refusal?.body).type).split(':').at(-1) ?? '';
  }

  /** What is wrong in the request, if the server has said so. */
  get errors(): readonly PlacedError[] {
    const { errors } = problemIn(this.refusal?.body);
    return Array.isArray(errors) ? errors : [];
  }
}

/** Converts any thrown value. What is no failed request is an error of this page, which is logged. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  console.error(error);
  return new ApiError(failure('pageError'), 0);
}

/** Catches the error that what was to end or be deleted is gone already, as intended. */
export function unlessGone(error: unknown): void {
  if (toApiError(error).status !== 404) throw error;
}

interface RequestOptions<T> {
  /** GET by default, and POST with a body. */
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborts the request. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until there is no response. */
  readonly timeoutMs?: number;
  /** A status of success that is none here, such as 202 for a position in the queue. */
  readonly refusal?: number;
  /** Reads the response, as schemas of zod do; needed where it is used. */
  readonly schema?: { parse(value: unknown): T };
}

/**
 * Sends a request and returns the body of the response; undefined without one.
 * @throws {ApiError}
 */
export async function request<T>(
  path: string,
  options: RequestOptions<T> = {},
): Promise<NoInfer<T>> {
  const { body, method = body === undefined ? 'GET' : 'POST', schema, timeoutMs } = options;
  const limit = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  const signals = [options.signal, limit].filter((one) => one !== undefined);
  const init: RequestInit = {
    method,
    cache: 'no-store',
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    body: JSON.stringify(body),
    signal: signals.length > 1 ? AbortSignal.any(signals) : (signals[0] ?? null),
  };
  const unanswered = () => {
    throw new ApiError(failure('unreachable'), 0);
  };
  const response = await fetch(path, init).catch(unanswered);
  const { status } = response;
  const ok = response.ok && status !== options.refusal;
  const said = await response.text().catch(ok ? unanswered : () => '');
  if (!ok) {
    // Without a problem document, it is the answer of a proxy whose server is away, or of another version.
    const message =
      textOf(problemIn(said).detail) || failure(status >= 500 ? 'unreachable' : 'pageError');
    const retryAfter = response.headers.get('retry-after');
    throw new ApiError(message, status, { status, retryAfter, body: said });
  }
  try {
    const value = said === '' ? undefined : JSON.parse(said);
    return schema ? schema.parse(value) : value;
  } catch (cause) {
    throw new ApiError(failure('pageError'), status, undefined, { cause });
  }
}
