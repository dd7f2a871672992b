// Collects violations of the pages' Content-Security-Policy, which the browser reports. A test with violations fails.
import type { BrowserContext } from '@playwright/test';

/** Collects violations in this context's pages and frames from now on, one line each. */
export async function collectViolations(context: BrowserContext): Promise<string[]> {
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
