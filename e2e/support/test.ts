// The tests' own `test`: a running stack, callers that are hung up when the test ends, and pages that keep
// to their policy.
import { test as base, expect } from '@playwright/test';
import { productPorts } from '@/lib/testing/ports';
import { Caller } from './caller';
import { loadStack, type Stack } from './stack';
import { type Start, type Started, start } from './start';
import { watchViolations } from './violations';

/** Milliseconds for calls on a stack of its own, which takes up to 90 s to be ready: a limit, not a goal. */
const OWN_STACK_MS = 300_000;

/** How a stack is started; ports that are not given are free ones. */
interface OwnStack extends Partial<Pick<Start, 'command' | 'settings'>> {
  readonly web?: number;
}

interface Fixtures {
  stack: Stack;
  /** Brings up a stack for this test alone, which ends with it, whatever comes of it. */
  ownStack: (how?: OwnStack) => Promise<Started>;
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
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's shape
  ownStack: async ({}, use, info) => {
    let started: Started | undefined;
    await use(async ({ command = 'start', web, settings } = {}) => {
      info.setTimeout(OWN_STACK_MS);
      const ports = await productPorts();
      started = await start({
        command,
        ports: { ...ports, web: web ?? ports.web },
        data: info.outputPath('data'),
        log: info.outputPath(`${command}.log`),
        settings,
      });
      return started;
    });
    await started?.end('SIGTERM');
  },
  caller: async ({ context, stack }, use) => {
    const callers: Caller[] = [];
    await use(async (path) => {
      const one = await Caller.open(context, stack, path);
      callers.push(one);
      return one;
    });
    await context.close();
    // A page that closes may come back: its call would go on beside the next test.
    await Promise.all(callers.map((one) => one.endRoom()));
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
