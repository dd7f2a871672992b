// Finds a browser for the tests, or installs one: an installed Chrome or Chromium, else Playwright's own, else Debian's
// package when root. Chromium's headless shell is preferred: pages take a third less CPU time than in a full browser.
// `node scripts/browser.mjs` prints its path.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onPath } from './lib/on-path.mjs';
import { root } from './lib/paths.mjs';
import { runQuietly } from './lib/run-quietly.mjs';

const SHELL = 'chromium-headless-shell';
const NAMES = [SHELL, 'google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
const APPLICATIONS = ['Google Chrome', 'Chromium'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
/** Milliseconds to download a browser of about 200 MB. */
const GET_MS = 300_000;

/** Path of an installed browser, or undefined. Prefers `CHROME_BIN`. */
export function installedBrowser(env = process.env) {
  if (env.CHROME_BIN) return env.CHROME_BIN;
  const found = NAMES.map((name) => onPath(name, env)).find(Boolean);
  return found ?? APPLICATIONS.find((file) => process.platform === 'darwin' && existsSync(file));
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

/**
 * Path of a browser, which is installed if there is none.
 * @throws Error that lists the attempts
 */
export async function findBrowser() {
  const found = installedBrowser() ?? (await playwrightsOwn());
  if (found) return found;
  const failures = [];
  const attempt = async (way, get) => {
    try {
      await get();
      return installedBrowser() ?? (await playwrightsOwn());
    } catch (error) {
      failures.push(`  ${way}: ${error.message.split('\n').at(-1)}`);
      return undefined;
    }
  };
  const playwright = join(root, 'node_modules/.bin/playwright');
  const isRoot = process.getuid?.() === 0;
  const got =
    (await attempt('Playwright', () =>
      runQuietly(playwright, ['install', 'chromium'], { timeoutMs: GET_MS }),
    )) ??
    (isRoot && onPath('apt-get', process.env) && (await attempt('apt-get', fromDebian)));
  if (got) return got;
  throw new Error(
    `No browser found for the tests. Install Chrome or Chromium, or set CHROME_BIN.\n${failures.join('\n')}`,
  );
}

async function fromDebian() {
  const options = { timeoutMs: GET_MS, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await runQuietly('apt-get', ['update', '-q'], options);
  await runQuietly('apt-get', ['install', '-qy', '--no-install-recommends', SHELL], options);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.stdout.write(`${await findBrowser()}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
