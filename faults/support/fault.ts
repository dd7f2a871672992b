// A test of a row of the table of faults. Its title begins with the row's number, by which the table
// in the README finds it; how long the product took is kept beside its result.
import { type TestContext, test } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Seconds from the fault to what must come of it. */
    seconds?: number;
  }
}

/** Milliseconds for a whole test, with all that comes before the fault. A limit, not a goal. */
export const TEST_MS = 120_000;

/** Says that the fault is caused now; what it returns is called when what must come of it is there. */
export type Begins = () => () => void;

/** A test of a row: `3 · only the job process is killed`. */
export function fault(
  title: string,
  body: (begins: Begins, context: TestContext) => Promise<void>,
  ms = TEST_MS,
): void {
  test(title, { timeout: ms }, async (context) => {
    const begins = () => {
      const from = performance.now();
      return () => {
        context.task.meta.seconds = (performance.now() - from) / 1_000;
      };
    };
    await body(begins, context);
  });
}
