// How long tests of the worker wait for anything that must happen but not at once.

/** Milliseconds: many times what it takes on a quiet machine, as a process may have to start. */
export const LIMIT_MS = 20_000;
