// The tests' own `test`: a running stack, and callers that are hung up when the test ends.
import { test as base } from '@playwright/test';
import { Caller } from './caller';
import { loadStack, type Stack } from './stack';

interface Fixtures {
  stack: Stack;
  /** Opens a page with a voice and ears. */
  caller: (path?: string) => Promise<Caller>;
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
});

export { expect } from '@playwright/test';
