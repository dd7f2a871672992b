// JSON that others wrote, which may be none.
import * as z from 'zod/mini';

/** The value of a JSON text; undefined if it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value of a JSON text that fits the schema; undefined if it does not, or is no JSON. */
export const jsonAs = <T extends z.core.$ZodType>(
  schema: T,
  text: string,
): z.output<T> | undefined => z.safeParse(schema, jsonIn(text)).data;
