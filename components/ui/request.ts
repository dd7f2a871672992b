// Requests of admin pages to this server.

/** An error at a place of the request, as a JSON pointer. */
export interface PlacedError {
  readonly pointer: string;
  readonly detail: string;
}

/** A failed request, with a message for the user. */
export class ApiError extends Error {
  constructor(
    detail: string,
    /** HTTP status; 0 without a response. */
    readonly status: number,
    readonly errors: readonly PlacedError[] = [],
  ) {
    super(detail);
  }
}

/** Converts any thrown value. */
export const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError(String(error), 0);

/** A request with a JSON body. */
export const jsonRequest = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/**
 * Sends a request and returns the body of the response; undefined without one.
 * @param unreachable message if there is no response
 * @param failed message of an error response without a problem document
 * @throws {ApiError}
 */
export async function request<T>(
  path: string,
  init: RequestInit,
  unreachable: string,
  failed = unreachable,
): Promise<T> {
  const response = await fetch(path, { cache: 'no-store', ...init }).catch(() => {
    throw new ApiError(unreachable, 0);
  });
  const body = await response.json().catch(() => undefined);
  if (response.ok) return body;
  throw new ApiError(body?.detail ?? failed, response.status, body?.errors);
}
