// Tells of a failure once it has lasted: while everything starts, the web process is not there yet, and what is right
// a moment later is nothing to warn of.

/**
 * Milliseconds of failing in a row after which it is told: the web process takes up to ten seconds to start on a busy
 * machine, its database included. Our own choice.
 */
export const LASTING_MS = 15_000;

/** Counts failures in a row. */
export interface Lasting {
  /** It failed: `tell` is called once, when that has lasted. */
  failed(error: unknown): void;
  /** It worked: the next failure is a first one. */
  worked(): void;
}

/**
 * @param tell told the latest error, once for each row of failures
 * @param now milliseconds, monotonic
 */
export function lasting(tell: (error: unknown) => void, now = () => performance.now()): Lasting {
  let since: number | undefined;
  let told = false;
  return {
    failed(error) {
      since ??= now();
      if (told || now() - since < LASTING_MS) return;
      told = true;
      tell(error);
    },
    worked() {
      since = undefined;
      told = false;
    },
  };
}
