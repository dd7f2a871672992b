// Reports a failure only once it has lasted: during startup the web process is not up yet, and a
// failure that resolves itself needs no warning.

/**
 * Milliseconds of consecutive failures before they are reported: the web process and its database
 * take up to ten seconds to start on a busy machine. Our own choice.
 */
export const REPORT_AFTER_MS = 15_000;

/** Counts consecutive failures. */
export interface FailureStreak {
  /** Records a failure; `tell` is called once when failures have lasted. */
  failed(error: unknown): void;
  /** Records a success; the next failure starts a new series. */
  worked(): void;
}

/**
 * @param tell receives the latest error, once per series of failures
 * @param now milliseconds, monotonic
 */
export function trackFailures(
  tell: (error: unknown) => void,
  now = () => performance.now(),
): FailureStreak {
  let since: number | undefined;
  let told = false;
  return {
    failed(error) {
      since ??= now();
      if (told || now() - since < REPORT_AFTER_MS) return;
      told = true;
      tell(error);
    },
    worked() {
      since = undefined;
      told = false;
    },
  };
}
