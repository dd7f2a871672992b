// JSON that others wrote, which may be none.
import type { z } from 'zod';

/** The value of a JSON text; undefined if it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value of a JSON text that fits the schema; undefined if it does not, or is no JSON. */
export const jsonAs = <T extends z.ZodType>(schema: T, text: string): z.output<T> | undefined =>
  schema.safeParse(jsonIn(text)).data;
