// Finds a browser for the tests, or installs one: an installed Chrome or Chromium, else Playwright's own, else Debian's
// package when root. Chromium's headless shell is preferred: pages take a third less CPU time than in a full browser.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Env, root } from '@/scripts/lib/environment';
import { onPath, runQuietly } from '@/scripts/lib/programs';

const SHELL = 'chromium-headless-shell';
const NAMES = [SHELL, 'google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
const APPLICATIONS = ['Google Chrome', 'Chromium'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
/** Arguments of Chromium for tests and benchmarks. */
export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
/** Milliseconds to download a browser of about 200 MB. */
const GET_MS = 300_000;

/** Path of an installed browser, or undefined. Prefers `CHROME_BIN`. */
export function installedBrowser(env: Env = process.env): string | undefined {
  if (env.CHROME_BIN) return env.CHROME_BIN;
  const found = NAMES.map((name) => onPath(name, env)).find(Boolean);
  return found ?? APPLICATIONS.find((file) => process.platform === 'darwin' && existsSync(file));
}

async function playwrightsOwn(name: 'chromium' | 'firefox' | 'webkit' = 'chromium') {
  const playwright = await import('@playwright/test');
  const file = playwright[name].executablePath();
  return existsSync(file) ? file : undefined;
}

/** Whether a project of playwright.config.ts makes its calls in a browser other than Chromium that Playwright brings. */
export const isPlaywrights = (project: string): project is 'firefox' | 'webkit' =>
  project === 'firefox' || project === 'webkit';

/**
 * Checks that Playwright's own build of another browser is installed.
 * @throws Error with the command that installs it
 */
export async function needPlaywrights(name: 'firefox' | 'webkit'): Promise<void> {
  if (await playwrightsOwn(name)) return;
  const title = { firefox: 'Firefox', webkit: 'WebKit' }[name];
  throw new Error(
    `Playwright's ${title} is not installed. Install it with: npx playwright install --with-deps ${name}`,
  );
}

/**
 * Path of a browser, which is installed if there is none.
 * @throws Error that lists the attempts
 */
export async function findBrowser(): Promise<string> {
  const found = installedBrowser() ?? (await playwrightsOwn());
  if (found) return found;
  const failures: string[] = [];
  const attempt = async (way: string, get: () => Promise<void>) => {
    try {
      await get();
      return installedBrowser() ?? (await playwrightsOwn());
    } catch (error) {
      failures.push(`  ${way}: ${(error as Error).message.split('\n').at(-1)}`);
      return undefined;
    }
  };
  const playwright = join(root, 'node_modules/.bin/playwright');
  const hasApt = process.getuid?.() === 0 && onPath('apt-get', process.env);
  const got =
    (await attempt('Playwright', () =>
      runQuietly(playwright, ['install', 'chromium'], { timeoutMs: GET_MS }),
    )) ?? (hasApt ? await attempt('apt-get', fromDebian) : undefined);
  if (got) return got;
  throw new Error(
    `No browser found for the tests. Install Chrome or Chromium, or set CHROME_BIN.\n${failures.join('\n')}`,
  );
}

async function fromDebian(): Promise<void> {
  const options = { timeoutMs: GET_MS, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await runQuietly('apt-get', ['update', '-q'], options);
  await runQuietly('apt-get', ['install', '-qy', '--no-install-recommends', SHELL], options);
}
