// Playwright's `test` with fixtures: a running product for each Playwright worker, callers that hang up when the test
// ends, and a check that pages do not violate their policy.
import { rmSync } from 'node:fs';
import { type BrowserContext, test as base, expect } from '@playwright/test';
import { startFakeSpeech } from '@/agent/testing/fake-speech';
import { Caller } from '@/e2e/support/caller';
import { reportCalls } from '@/e2e/support/sample-calls';
import { type Stack, speechOf, TEST_DATA } from '@/e2e/support/stack';
import { start } from '@/e2e/support/start';
import { startLetta } from '@/lib/letta/testing/letta-server';
import { copyTemplate } from '@/lib/testing/folder-template';
import { freePort, productPorts } from '@/lib/testing/ports';

/** Milliseconds until the product and its dependencies have started on a busy machine. */
const START_MS = 120_000;
/** Age of the sample calls in milliseconds: they have ended, within this hour. */
const AGO_MS = 10 * 60_000;
/** Agent indexes of `sampleCall`. */
const ADA = 0;
const FRANK = 2;

/** Fixtures of a Playwright worker. */
interface WorkerFixtures {
  /** False: the product uses its own speech server with the real engines. */
  fakeSpeech: boolean;
  /** URL of the fake speech server, which is fast and exact; empty if unused. */
  speech: string;
  /** The product shared by a worker's tests. Tests that run in parallel use different products. */
  stack: Stack;
}

interface Fixtures {
  /** Opens a page that can speak and listen. */
  caller: (path?: string) => Promise<Caller>;
  /** Violations of the pages' policy so far. A test that causes violations on purpose clears it. */
  violations: string[];
}

/** Adds violations in this context's pages and frames from now on to `violations`, one line each. */
export async function collectViolations(
  context: BrowserContext,
  violations: string[],
): Promise<void> {
  await context.exposeBinding('reportViolation', (_, what: string) => violations.push(what));
  await context.addInitScript(() => {
    const { reportViolation } = window as unknown as { reportViolation(what: string): void };
    document.addEventListener('securitypolicyviolation', (event) => {
      const where = `${event.sourceFile}:${event.lineNumber} ${event.sample}`;
      reportViolation(`${event.effectiveDirective} ${event.blockedURI} at ${where}`);
    });
  });
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  fakeSpeech: [true, { option: true, scope: 'worker' }],
  speech: [
    async ({ fakeSpeech }, use) => {
      const fake = fakeSpeech ? await startFakeSpeech() : undefined;
      await use(fake?.url.replace('/v1', '') ?? '');
      await fake?.close();
    },
    { scope: 'worker' },
  ],
  stack: [
    async ({ speech }, use) => {
      rmSync(TEST_DATA, { recursive: true, force: true });
      await copyTemplate(TEST_DATA);
      const letta = await startLetta();
      letta.add('Max');
      letta.add('Sam');
      const otherOrigin = `http://localhost:${await freePort()}`;
      const started = await start({
        command: 'start',
        ports: await productPorts(),
        data: TEST_DATA,
        log: `${TEST_DATA}/npm-start.log`,
        settings: {
          LETTA_URL: letta.url,
          PUBLIC_AGENTS: 'line-check',
          TOKEN_ORIGINS: `line-check=${otherOrigin}`,
          ...(speech && speechOf({ speech })),
        },
      });
      const stack = { ...started.stack, ...(speech && { speech }), otherOrigin };
      // Data for the pages. None for Milo, because versions.spec.ts uses his figures.
      const at = Date.now() - AGO_MS;
      await reportCalls(stack, [1, 2, 3, 4, 5, 6], at, { agent: ADA, ending: 'caller' });
      await reportCalls(stack, [7, 8], at, {
        agent: FRANK,
        deployment: 'staging',
        ending: 'agent',
      });
      await use(stack);
      await started.end('SIGTERM');
      await letta.close();
    },
    { scope: 'worker', timeout: START_MS },
  ],
  caller: async ({ context, stack }, use) => {
    const callers: Caller[] = [];
    await use(async (path) => {
      const one = await Caller.open(context, stack, path);
      callers.push(one);
      return one;
    });
    await context.close();
    // Callers of closed pages may return, so their calls would continue during the next test.
    await Promise.all(callers.map((one) => one.endRoom()));
  },
  violations: [
    async ({ context }, use) => {
      const violations: string[] = [];
      await collectViolations(context, violations);
      await use(violations);
      expect(violations, 'violations of the Content-Security-Policy').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
