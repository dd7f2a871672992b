// PostgreSQL accepts neither NUL characters nor unpaired surrogates in text. Without this, an event with one,
// for example from an odd model token, would always be refused and block all events behind it.
import { UNSTORABLE } from '@/lib/core/unstorable';

/** `value` with all unsupported characters in its strings replaced by U+FFFD. */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.replace(UNSTORABLE, '\u{fffd}') as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, storable(one)])) as T;
}
