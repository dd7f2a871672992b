// LiveKit's conventions for JSON (protobuf's): fields in snake_case or camelCase, no unknown fields, and null or a
// type's default for a field that is not set. For requests to the HTTP API.
import { z } from 'zod';
import { camelCase } from '@/lib/core/snake-case';

/** Whether a value is the default of its type: senders that write every field write it for those that are not set. */
export function isUnset(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return [undefined, null, '', 0, false].includes(value as string);
}

/**
 * A JSON object by LiveKit's conventions: each field in snake_case or camelCase, and no others. Unknown fields of newer
 * senders are ignored while they are not set.
 * @param old names of earlier releases, with the current ones
 */
export function message<T extends z.core.$ZodLooseShape>(
  shape: T,
  old: Readonly<Record<string, keyof T & string>> = {},
) {
  const known = Object.keys(shape);
  const names = new Map([
    ...known.map((name) => [camelCase(name), name] as const),
    ...Object.entries(old),
  ]);
  return z.preprocess((value, context) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const all = Object.entries(value).map(([key, field]) => [names.get(key) ?? key, field]);
    const isTwice = (key: string) => all.filter(([name]) => name === key).length > 1;
    const entries = all.filter(
      ([key, field]) => !isUnset(field) || (known.includes(key) && !isTwice(key)),
    );
    const keys = entries.map(([key]) => key);
    for (const key of new Set(keys.filter((name, at) => keys.indexOf(name) !== at))) {
      const message = 'is set twice, by two of its names';
      context.issues.push({ code: 'custom', input: value, path: [key], message });
    }
    return Object.fromEntries(entries);
  }, z.strictObject(shape));
}

/** An optional field. As in protobuf's JSON, null and the default of its type mean not set. */
export const optional = <T extends z.ZodType>(type: T) =>
  type
    .nullish()
    .transform((value) => (isUnset(value) ? undefined : (value ?? undefined)))
    .optional();
/** An optional string. */
export const optionalText = optional(z.string());
/** An optional integer, also as text, as protobuf's JSON writes 64 bits. */
export const optionalInt = optional(
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value),
    z.int(),
  ),
);
