// How deep a JSON value is nested. Schemas, `JSON.stringify` and most other code that handles JSON is recursive, and
// overflows the stack at some thousand levels.

/** Maximum levels of arrays and objects in a request. Our own choice: no request has ten. */
const LEVELS_MAX = 64;

/** Whether a JSON value is nested deeper than recursive code should handle. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let levels = 0; level.length > 0; levels += 1) {
    if (levels > LEVELS_MAX) return true;
    level = level.flatMap((one): unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
  }
  return false;
}
