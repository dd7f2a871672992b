// PostgreSQL takes no NUL character and no half of a surrogate pair in a text, neither to write nor to
// look for. An event with one, from a model's odd token, would be refused for ever and stop those
// behind it.

const REFUSED = /\0|\p{Surrogate}/gu;

/** `value` with what cannot be stored replaced by U+FFFD, in every text of it. */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.replace(REFUSED, '\u{fffd}') as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, storable(one)])) as T;
}
