// Errors of the speech server: RFC 9457 problem documents that also have the `error` member of the OpenAI API, from
// which its clients read the message.

import type { z } from 'zod';
import { issueWords } from '@/lib/core/issue-words';

/** A client error, or something the server cannot do now. Thrown anywhere, answered in one place. */
export class Problem extends Error {
  /**
   * @param detail one sentence for people: what is wrong and how to fix it
   * @param more `valid`: the valid values; `param`: the invalid field; `retryAfter`: seconds until a retry makes
   *   sense
   */
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 422 | 500 | 503,
    readonly code: string,
    readonly detail: string,
    readonly more: {
      valid?: readonly string[];
      param?: string | undefined;
      retryAfter?: number;
    } = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }

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

const CODES: Record<string, string> = {
  model: 'unknown_model',
  voice: 'unknown_voice',
  response_format: 'unknown_format',
};

/** The typed value. @throws {Problem} for the first invalid field */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value, { error: issueWords });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue?.path.join('.') || undefined;
  if (param && issue?.code === 'invalid_value') {
    throw notOneOf(param, issue.values.map(String));
  }
  const what = param ? `The field ${param}` : 'The request';
  const detail = `${what} ${issue?.message}.`;
  throw new Problem(400, 'invalid_request', detail, { param });
}

/** The problem of a field with an unknown value. */
export function notOneOf(param: string, valid: readonly string[]): Problem {
  const code = CODES[param] ?? 'invalid_request';
  const detail = `The field ${param} must be one of: ${valid.join(', ')}.`;
  // An unknown model is 404 in the OpenAI API.
  return new Problem(code === 'unknown_model' ? 404 : 400, code, detail, { valid, param });
}
