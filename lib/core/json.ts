// JSON that others wrote, which may be none. Without zod: every page loads it.

/** The value of a JSON text; undefined if it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A schema of zod or zod/mini. */
export interface JsonSchema<T> {
  safeParse(value: unknown): { readonly data?: T | undefined };
}

/** The value of a JSON text that fits the schema; undefined if it does not, or is no JSON. */
export const jsonAs = <T>(schema: JsonSchema<T>, text: string): T | undefined =>
  schema.safeParse(jsonIn(text)).data;
