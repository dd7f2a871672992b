// What a page does against its own Content-Security-Policy, in every browser test: the browser tells of it,
// and a test in which it happened has failed.
import type { BrowserContext } from '@playwright/test';

/** Every breach in this context's pages and frames from now on, one line each. */
export async function watchViolations(context: BrowserContext): Promise<string[]> {
  const told: string[] = [];
  await context.exposeBinding('tellViolation', (_, what: string) => told.push(what));
  await context.addInitScript(() => {
    const { tellViolation } = window as unknown as { tellViolation(what: string): void };
    document.addEventListener('securitypolicyviolation', (event) => {
      const where = `${event.sourceFile}:${event.lineNumber} ${event.sample}`;
      tellViolation(`${event.effectiveDirective} ${event.blockedURI} at ${where}`);
    });
  });
  return told;
}
