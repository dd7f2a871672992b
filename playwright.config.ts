// Browser tests: a real browser against the product as `npm start` runs it. `npm test` runs the project `quick`, and CI
// `rest` too; `browser` is both. `firefox` and `webkit` make calls in Playwright's browsers, `full` has slow tests, `speech` has
// tests that need the real speech engines, and `pictures` takes the pictures of the docs.
import { defineConfig } from '@playwright/test';
import { withholdProxy } from '@/lib/core/outbound-proxy';
import { BROWSER_ARGS, findBrowser, isPlaywrights, needPlaywrights } from '@/scripts/browser';

// Callers in Node's processes use LiveKit's native client.
withholdProxy('ws://127.0.0.1');

/** The project of `--project NAME`. Worker processes also load this file and get the value from the environment. */
const project = /--project[= ](\S+)/.exec(process.argv.join(' '))?.[1];
process.env.E2E_PROJECT ??= project ?? '';
const { E2E_PROJECT } = process.env;
if (isPlaywrights(E2E_PROJECT)) await needPlaywrights(E2E_PROJECT);
/** Each page, and the calls that most changes would break. */
const QUICK = [
  'calls/{agents,call,calls,doctor,embed,front-end,rules,versions}.spec.ts',
  'pages/{attack-limits,every-page,pictures,policy,screens,settings,threats}.spec.ts',
];
/** Starts the browser of its project. */
const OTHER_BROWSERS = 'calls/other-browsers.spec.ts';
const ALL = ['calls/*', 'pages/*'];
/** `rest`, `speech` and `full` run in separate invocations, with separate results and traces. */
const results = /^(rest|speech|full)$/.test(E2E_PROJECT) ? `e2e-${E2E_PROJECT}` : 'e2e';

export default defineConfig<object, { fakeSpeech: boolean }>({
  testDir: 'e2e',
  outputDir: `test-results/${results}`,
  // Each worker runs its own product (`e2e/support/test.ts`). A browser and its call use half of two cores; more, with an agent
  // of another program or on a machine that becomes slow. CI has one at a time: waiting is better there than failing.
  workers: process.env.CI ? 1 : 2,
  // Upper bounds to catch hangs, as in vitest.config.ts.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI
    ? [['list'], ['json', { outputFile: `test-results/${results}.json` }]]
    : 'list',
  projects: [
    { name: 'browser', testMatch: ALL },
    { name: 'quick', testMatch: QUICK },
    { name: 'rest', testMatch: ALL, testIgnore: QUICK },
    { name: 'firefox', testMatch: OTHER_BROWSERS },
    { name: 'webkit', testMatch: OTHER_BROWSERS },
    { name: 'pictures', testDir: 'e2e/pictures', workers: 1 },
    { name: 'full', testDir: 'e2e/full', timeout: 300_000, workers: 1 },
    { name: 'speech', testDir: 'e2e/speech', workers: 1, use: { fakeSpeech: false } },
  ],
  use: {
    permissions: ['microphone'],
    // Drawing thirty times a second would take a fifth of all processor time while calls run.
    contextOptions: { reducedMotion: 'reduce' },
    // A trace costs processor time during calls: its screenshots would take a fifth, and each of its snapshots of the page
    // walks the whole page. What remains are actions, requests and messages. Elsewhere: `--trace retain-on-failure`.
    trace: process.env.CI
      ? { mode: 'retain-on-failure', screenshots: false, snapshots: false }
      : 'off',
    launchOptions: {
      executablePath: await findBrowser(),
      args: BROWSER_ARGS,
    },
  },
});
