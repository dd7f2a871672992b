// LiveKit's conventions for JSON: fields in snake_case or camelCase, no unknown fields, and null for a field that
// is not set. For requests to the HTTP API.
import { z } from 'zod';

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** A JSON object by LiveKit's conventions: each field in snake_case or camelCase, and no others. */
export function message<T extends z.core.$ZodLooseShape>(shape: T) {
  const names = new Map(Object.keys(shape).map((name) => [camelCase(name), name]));
  return z.preprocess((value, context) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(([key, field]) => [names.get(key) ?? key, field]);
    const keys = entries.map(([key]) => key);
    for (const key of new Set(keys.filter((name, at) => keys.indexOf(name) !== at))) {
      const message = 'is set twice, in snake_case and in camelCase';
      context.issues.push({ code: 'custom', input: value, path: [key], message });
    }
    return Object.fromEntries(entries);
  }, z.strictObject(shape));
}

/** An optional field. As in protobuf's JSON, null means not set. */
export const optional = <T extends z.ZodType>(type: T) =>
  type
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();
/** An optional string. */
export const optionalText = optional(z.string());
