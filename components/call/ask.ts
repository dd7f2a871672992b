// Requests to this server. Errors carry the message of the problem document.
import { z } from 'zod';
import type { Refusal } from '@/lib/dispatch/queue/queue-status';

/** Timeout in milliseconds. The server itself waits up to 5 s for LiveKit. */
const TIMEOUT_MS = 10_000;

/** A failed request. `message` is the server's message, empty without one. */
export class Refused extends Error {
  constructor(
    message: string,
    /** Undefined if there was no response. */
    readonly refusal?: Refusal,
  ) {
    super(message);
  }
}

const problem = z.object({ detail: z.string() });

/** The message in a problem document. */
function detailOf(body: string): string {
  try {
    return problem.safeParse(JSON.parse(body)).data?.detail ?? '';
  } catch {
    return '';
  }
}

interface TokenRequest {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Aborts the request. */
  readonly signal?: AbortSignal;
}

/**
 * Posts JSON and returns the validated response.
 * @throws {Refused}
 */
export async function post<T extends z.ZodType>(
  path: string,
  body: unknown,
  answer: T,
  { headers, signal }: TokenRequest = {},
): Promise<z.output<T>> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    if (response.ok) return answer.parse(await response.json());
  } catch {
    throw new Refused('');
  }
  const said = await response.text().catch(() => '');
  const { status } = response;
  const retryAfter = response.headers.get('retry-after');
  throw new Refused(detailOf(said), { status, retryAfter, body: said });
}
