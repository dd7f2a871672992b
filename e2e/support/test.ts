// The tests' own `test`: a running stack, callers that are hung up when the test ends, and pages that keep
// to their policy.
import { test as base, expect } from '@playwright/test';
import { Caller } from './caller';
import { loadStack, type Stack } from './stack';
import { watchViolations } from './violations';

interface Fixtures {
  stack: Stack;
  /** Opens a page with a voice and ears. */
  caller: (path?: string) => Promise<Caller>;
  /** Breaches of the pages' policy so far. A test that means to commit some empties it. */
  violations: string[];
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's shape
  stack: async ({}, use) => {
    await use(loadStack());
  },
  caller: async ({ context, stack }, use) => {
    await use((path) => Caller.open(context, stack, path));
    // A page that closes hangs up; what it leaves is for the next test to be found gone.
    await context.close();
  },
  violations: [
    async ({ context }, use) => {
      const told = await watchViolations(context);
      await use(told);
      expect(told, 'breaches of the Content-Security-Policy').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
