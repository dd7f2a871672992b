// How long tests of the worker wait for something that has to happen.

/** Milliseconds: many times what it takes on an idle machine, because a process may have to start. */
export const TIMEOUT_MS = 20_000;
