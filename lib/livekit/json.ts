// JSON as LiveKit's own is read: every field under its snake_case name or the camelCase of it, no
// field that is not known, and null for one that is not set. For the requests of the HTTP API.
import { z } from 'zod';

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** An object of LiveKit's JSON: each field under its snake_case name or the camelCase of it, no other. */
export function message<T extends z.core.$ZodLooseShape>(shape: T) {
  const names = new Map(Object.keys(shape).map((name) => [camelCase(name), name]));
  return z.preprocess((value, context) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(([key, field]) => [names.get(key) ?? key, field]);
    const keys = entries.map(([key]) => key);
    for (const key of new Set(keys.filter((name, at) => keys.indexOf(name) !== at))) {
      const message = 'is given twice, in snake_case and in camelCase';
      context.issues.push({ code: 'custom', input: value, path: [key], message });
    }
    return Object.fromEntries(entries);
  }, z.strictObject(shape));
}

/** A field that may be left out. As protobuf's JSON has it, null is a field that is not set. */
export const set = <T extends z.ZodType>(type: T) =>
  type
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();
/** Text that may be left out. */
export const text = set(z.string());
