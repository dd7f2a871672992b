// For tests: whether a response is as the API's description says.
import { expect } from 'vitest';
import { z } from 'zod';
import { OPERATIONS, problemDocument } from '@/app/api/openapi.json/document';

const PATTERNS = Object.keys(OPERATIONS).map((operation) => {
  const escaped = operation.replaceAll(/[.?]/g, '\\$&').replaceAll(/\[\w+\]/g, '([^/]+)');
  return { operation, path: new RegExp(`^${escaped}$`), parameters: escaped.split('(').length };
});

/** The operation of a request; undefined if it is none. */
export const operationOf = (method: string, path: string): string | undefined =>
  PATTERNS.filter((one) => one.path.test(`${method} ${path}`)).toSorted(
    (a, b) => a.parameters - b.parameters,
  )[0]?.operation;

/**
 * Expects that a response is described: its status, its media type, and each of its fields.
 * @param operation method and path: `GET /api/rooms/[room]`; nothing is expected of others
 * @param text its body; undefined if it was not read
 */
export function expectDescribed(
  operation: string | undefined,
  response: Response,
  text?: string,
): void {
  if (operation === undefined) return;
  const { status, headers } = response;
  const where = `${operation} → ${status} ${text?.slice(0, 500)}`;
  const type = headers.get('content-type') ?? '';
  if (status >= 400) {
    expect(type, where).toContain('application/problem+json');
    const body = JSON.parse(text ?? '');
    expect(problemDocument.parse(body), where).toEqual(body);
    return;
  }
  const answer = OPERATIONS[operation]?.answers.find((one) => one.status === status);
  expect(answer, `${where} is not described`).toBeDefined();
  if (!answer?.schema) return;
  expect(type, where).toContain('application/json');
  if (text === undefined) return;
  const body = JSON.parse(text);
  expect(z.parse(answer.schema, body), where).toEqual(body);
}
