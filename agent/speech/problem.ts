// Errors of the speech server: RFC 9457 problem documents that also carry the `error` member of the
// OpenAI API, because its clients read their message from there.

/** What a client did wrong or the server cannot do now. Thrown anywhere, answered in one place. */
export class Problem extends Error {
  /**
   * @param status HTTP status, 4xx or 5xx.
   * @param code stable name of the problem, e.g. `unknown_voice`.
   * @param detail one sentence for people: what is wrong and what would be right.
   * @param more `valid`: the values that would have been right; `param`: the field that was wrong;
   * `retryAfter`: seconds until a new try makes sense.
   */
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 422 | 500 | 503,
    readonly code: string,
    readonly detail: string,
    readonly more: { valid?: readonly string[]; param?: string; retryAfter?: number } = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }

  /** The answer to send. */
  toResponse(): Response {
    const { valid, param, retryAfter } = this.more;
    const title = this.code.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase());
    const document = {
      type: `urn:callboard:problem:${this.code}`,
      title,
      status: this.status,
      detail: this.detail,
      ...(valid && { valid }),
      error: {
        message: this.detail,
        type: this.status < 500 ? 'invalid_request_error' : 'server_error',
        param: param ?? null,
        code: this.code,
      },
    };
    return new Response(JSON.stringify(document), {
      status: this.status,
      headers: {
        'content-type': 'application/problem+json',
        ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      },
    });
  }
}
