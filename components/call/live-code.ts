// Loads the code of a call without running it. Running it blocks the page of a phone for 200 ms, while most visitors
// are still reading.

/** Runs the code, once. `import` would run it when this file is loaded. */
export function liveCode() {
  const { code }: typeof import('@/components/call/live') = require('@/components/call/live');
  return code;
}
