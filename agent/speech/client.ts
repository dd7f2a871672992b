// Requests to a speech server, local or hosted, with errors that LiveKit's retries understand.
import {
  APIConnectionError,
  type APIConnectOptions,
  APIStatusError,
  APITimeoutError,
  DEFAULT_API_CONNECT_OPTIONS,
} from '@livekit/agents';

/** A server with the OpenAI audio API. */
export interface SpeechServer {
  /** Address up to and including `/v1`. */
  readonly url: string;
  readonly model: string;
  /** Sent as `Authorization: Bearer`. */
  readonly key?: string;
}

/** One request. */
export interface SpeechRequest {
  /** Path after the server's address. */
  readonly path: string;
  /** A form is sent as multipart, anything else as JSON. */
  readonly body: FormData | object;
  readonly signal: AbortSignal;
  /** Its `timeoutMs` applies until the response begins. */
  readonly options?: APIConnectOptions;
}

/**
 * Sends a POST request and returns the response, whose body may still be arriving.
 * @throws {APIStatusError} on 4xx (not retryable, except 408 and 429) and 5xx
 * @throws {APITimeoutError} and {@link APIConnectionError} without a response
 * @throws the signal's reason when it was aborted
 */
export async function post(server: SpeechServer, request: SpeechRequest): Promise<Response> {
  const { path, body, signal, options = DEFAULT_API_CONNECT_OPTIONS } = request;
  const isForm = body instanceof FormData;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), options.timeoutMs);
  const url = `${server.url.replace(/\/$/, '')}${path}`;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        ...(!isForm && { 'content-type': 'application/json' }),
        ...(server.key && { authorization: `Bearer ${server.key}` }),
      },
      body: isForm ? body : JSON.stringify(body),
      signal: AbortSignal.any([signal, late.signal]),
    });
    if (answer.ok) return answer;
    throw await statusError(url, answer);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof APIStatusError) throw error;
    if (late.signal.aborted) {
      throw new APITimeoutError({ message: `${url} did not answer in ${options.timeoutMs} ms` });
    }
    throw new APIConnectionError({ message: `${url} cannot be reached: ${reason(error)}` });
  } finally {
    clearTimeout(timer);
  }
}

async function statusError(url: string, answer: Response): Promise<APIStatusError> {
  const text = await answer.text().catch(() => '');
  return new APIStatusError({
    message: `${url} answered ${answer.status}: ${text.slice(0, 500)}`,
    options: { statusCode: answer.status, requestId: answer.headers.get('x-request-id') },
  });
}

/** `fetch` hides the reason of a failure in the cause. */
function reason(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { message?: string; code?: string } };
  return cause?.message || cause?.code || message;
}
