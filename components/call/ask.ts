// Asks this server for something, and makes a refusal readable: it says in a problem document what
// was wrong.
import { z } from 'zod';
import type { Refusal } from '@/lib/dispatch/queue/queue-status';

/** Milliseconds for an answer. The server itself waits 5 s for LiveKit. */
const ASK_MS = 10_000;

/** A refusal; `message` is the server's own sentence, empty where it gave none. */
export class Refused extends Error {
  constructor(
    message: string,
    /** Undefined where no answer came. */
    readonly refusal?: Refusal,
  ) {
    super(message);
  }
}

const problem = z.object({ detail: z.string() });

/** The sentence in a problem document. */
function detailOf(body: string): string {
  try {
    return problem.safeParse(JSON.parse(body)).data?.detail ?? '';
  } catch {
    return '';
  }
}

interface Asking {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Aborted where the answer is not wanted any more. */
  readonly signal?: AbortSignal;
}

/** Posts JSON and gives the checked answer. @throws {Refused} */
export async function post<T extends z.ZodType>(
  path: string,
  body: unknown,
  answer: T,
  { headers, signal }: Asking = {},
): Promise<z.output<T>> {
  const limit = AbortSignal.timeout(ASK_MS);
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
