// Field names of the HTTP API and of the code: `ended_by` and `endedBy`.

type Rename = (name: string) => string;

/** The fields of these are named by agents, not by us. */
const NAMED_BY_AGENTS: readonly string[] = ['outcomes'];

function renamed(value: unknown, rename: Rename): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      rename(name),
      NAMED_BY_AGENTS.includes(name) ? one : renamed(one, rename),
    ]),
  );
}

/** Converts all field names of ours, at any depth, to snake_case. */
export function toWire(value: unknown): unknown {
  return renamed(value, (name) => name.replace(/[A-Z]/g, (big) => `_${big.toLowerCase()}`));
}

/** The name in camelCase of one in snake_case. */
export const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, small: string) => small.toUpperCase());

/** Reverses {@link toWire}. */
export const fromWire = (value: unknown): unknown => renamed(value, camelCase);

/** Reads what {@link toWire} wrote, by a schema with the names of our fields. */
export const wire = <T>(schema: { parse(value: unknown): T }) => ({
  parse: (value: unknown): T => schema.parse(fromWire(value)),
});
