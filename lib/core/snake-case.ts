// The names of fields as the HTTP API writes them and as the code does: `ended_by` and `endedBy`.

type Rename = (name: string) => string;

function renamed(value: unknown, rename: Rename): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [rename(name), renamed(one, rename)]),
  );
}

/** A value with the names of its fields, at any depth, in snake_case. */
export function toWire(value: unknown): unknown {
  return renamed(value, (name) => name.replace(/[A-Z]/g, (big) => `_${big.toLowerCase()}`));
}

/** What {@link toWire} wrote, as it was. The caller says what it is: only our own API is read so. */
export function fromWire<T>(value: unknown): T {
  return renamed(value, (name) =>
    name.replace(/_([a-z])/g, (_, small: string) => small.toUpperCase()),
  ) as T;
}
