// Validation of requests by zod; errors become one problem with the valid values.
import type { z } from 'zod';
import { Problem } from './problem';

/** Problem codes by field. */
const CODES: Record<string, string> = {
  model: 'unknown_model',
  voice: 'unknown_voice',
  response_format: 'unknown_format',
};

/**
 * The typed value.
 * @throws {Problem} for the first invalid field
 */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue?.path.join('.') || undefined;
  if (param && issue?.code === 'invalid_value') {
    throw notOneOf(param, issue.values.map(String));
  }
  const what = param ? `The field ${param}` : 'The request';
  const detail = `${what} cannot be used: ${issue?.message}`;
  throw new Problem(400, 'invalid_request', detail, { param });
}

/** The problem of a field with an unknown value. */
export function notOneOf(param: string, valid: readonly string[]): Problem {
  const code = CODES[param] ?? 'invalid_request';
  const detail = `The field ${param} must be one of: ${valid.join(', ')}.`;
  // An unknown model is 404 in the OpenAI API.
  return new Problem(code === 'unknown_model' ? 404 : 400, code, detail, { valid, param });
}
