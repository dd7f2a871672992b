// What the tools of MCP servers are called by a model: as their server calls them, and where two share a
// name, with their server before it. Pure.

/** Characters that OpenAI and those like it take in the name of a tool, and how many. */
const NOT_TAKEN = /[^a-zA-Z0-9_-]/g;
const NAME_MAX = 64;

const fitting = (name: string) => name.replace(NOT_TAKEN, '_').slice(0, NAME_MAX);

/** The name for a tool of the server at `url`, which is then taken. */
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
