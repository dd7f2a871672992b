// Names of MCP tools for a model: as on their server, prefixed with the server's host if two share
// a name. Pure.

/** Characters and length that OpenAI and compatible servers accept in a tool name. */
const NOT_TAKEN = /[^a-zA-Z0-9_-]/g;
const NAME_MAX = 64;

const fitting = (name: string) => name.replace(NOT_TAKEN, '_').slice(0, NAME_MAX);

/** Reserves and returns the name for a tool of the server at `url`. */
export function toolName(taken: Set<string>, url: string, name: string): string {
  const own = fitting(name);
  const named = taken.has(own) ? fitting(`${new URL(url).host}_${name}`) : own;
  let free = named;
  for (let again = 2; taken.has(free); again++) {
    free = `${named.slice(0, NAME_MAX - `_${again}`.length)}_${again}`;
  }
  taken.add(free);
  return free;
}
