// Tests are beside their sources. `*.test.ts` needs no server, `*.browser.test.tsx` shows a component in a browser,
// `*.integration.test.ts` needs real servers and workers, and `*.full.test.ts` (only with `--mode full`) needs minutes of
// real audio. `--mode faults` causes faults in whole running products.
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { tsImport } from 'tsx/esm/api';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// TypeScript with paths, which Vite does not load here.
const { BROWSER_ARGS, findBrowser }: typeof import('@/scripts/browser') = await tsImport(
  './scripts/browser.ts',
  import.meta.url,
);

const INTEGRATION = ['**/*.integration.test.{ts,tsx}'];
/** Whole calls, in real time. Their tests keep nothing in their process, so that files share one, as unit tests do. */
const CALLS = ['agent/**/*.integration.test.ts', 'lib/dispatch/deployments.integration.test.ts'];
const FULL = ['**/*.full.test.ts'];
const BROWSER = ['components/**/*.browser.test.tsx'];
const NOWHERE = ['**/node_modules/**', '.next/**', '.callboard/**'];

/** For two cores: tests also wait for servers and speech. The fourth worker saves a tenth of the time (measured). */
const WORKERS = 4;
/** Whole calls are real time: six files at once use all of two cores, and in both of two runs agents lost words or came late. */
const CALL_WORKERS = 2;

/** These mock modules or use the server of the process, so each file gets its own process. */
const OWN_PROCESS = ['app/**/*.test.ts', 'lib/core/{app-config,problem}.test.ts'];

/** Files that take longest, as their beginnings: the last one that starts would keep the others waiting. */
const LONGEST = [
  ...['agent/watchdog/stuck-', 'agent/main.', 'agent/reporting/call-events.'],
  ...[
    'agent/models/calls.',
    'agent/call/several-agents.',
    'scripts/dispatch.',
    'agent/audio/recorder.',
  ],
  ...['agent/worker/', 'agent/call/queue.', 'agent/turns/', 'scripts/rollout.'],
  ...['lib/calls/store/broken-folder.', 'scripts/private-files.', 'agent/speech/round-trip.'],
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((one) => moduleId.includes(`/${one}`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** Sets up the data folder of tests in Node.js. */
const setupFiles = ['lib/testing/data-folder.ts'];

const unit = {
  extends: true as const,
  test: {
    setupFiles,
    name: 'unit',
    include: ['{agent,components,deploy,lib,scripts,simulations}/**/*.test.{ts,tsx}'],
    exclude: [...INTEGRATION, ...FULL, ...OWN_PROCESS, ...BROWSER, ...NOWHERE],
    globalSetup: 'lib/testing/folder-template.ts',
    // A process for each file would spend more time loading packages than running tests.
    isolate: false,
    maxWorkers: WORKERS,
    sequence: { groupOrder: 1 },
  },
};
const unitOwnProcess = {
  ...unit,
  test: {
    ...unit.test,
    name: 'unit-own-process',
    include: OWN_PROCESS,
    exclude: [...INTEGRATION, ...NOWHERE],
    isolate: true,
  },
};
const integration = {
  extends: true as const,
  test: {
    setupFiles,
    name: 'integration',
    include: INTEGRATION,
    exclude: [...CALLS, ...NOWHERE],
    globalSetup: ['lib/testing/folder-template.ts', 'agent/testing/stack.ts'],
    maxWorkers: WORKERS,
    // Whole calls, with several waits each.
    testTimeout: 300_000,
    sequence: { groupOrder: 2 },
  },
};
const calls = {
  ...integration,
  test: {
    ...integration.test,
    name: 'calls',
    include: CALLS,
    exclude: NOWHERE,
    isolate: false,
    maxWorkers: CALL_WORKERS,
    sequence: { groupOrder: 3 },
  },
};
const full = {
  extends: true as const,
  test: {
    setupFiles,
    name: 'full',
    include: FULL,
    exclude: NOWHERE,
    // Calls with real speech run in real time and need the machine for themselves.
    maxWorkers: 1,
    sequence: { groupOrder: 4 },
  },
};
const browser = {
  extends: true as const,
  // `next/link` and others read it.
  define: { 'process.env': '{}' },
  // Found before the first test: a package that is found later reloads the page in the middle of one.
  optimizeDeps: { entries: ['components/**/*.{ts,tsx}'] },
  test: {
    name: 'browser',
    include: BROWSER,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath: await findBrowser(), args: BROWSER_ARGS },
      }),
      instances: [{ browser: 'chromium' as const }],
    },
    sequence: { groupOrder: 5 },
  },
};
const FAULTS = {
  setupFiles,
  globalSetup: 'lib/testing/folder-template.ts',
  include: ['e2e/faults/*.test.ts'],
  exclude: FULL,
  // Two products at once, as these tests mostly wait. CI, where waiting is better than failing, has one: a machine that becomes
  // slow meanwhile would not be enough for two.
  maxWorkers: process.env.CI ? 1 : 2,
  // Upper bounds: these tests start and stop whole products.
  testTimeout: 600_000,
  hookTimeout: 300_000,
  reporters: ['default', 'json'],
  outputFile: { json: 'test-results/faults.json' },
};

export default defineConfig(({ mode }) => ({
  resolve: {
    alias: [
      { find: '@', replacement: fileURLToPath(new URL('.', import.meta.url)) },
      // As in the bundles.
      {
        find: /^@livekit\/agents$/,
        replacement: fileURLToPath(new URL('agent/framework/no-cli.ts', import.meta.url)),
      },
    ],
  },
  test: {
    // The practice's opening hours are local times.
    env: { TZ: 'Europe/London' },
    // Upper bounds to catch hangs: a busy machine takes ten times as long as an idle one.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    sequence: { sequencer: LongestFirst },
    // Compiled modules, for all projects and the next run.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.callboard/test/modules' },
    // An upper bound too: what takes a second on an idle machine.
    expect: { poll: { timeout: 60_000 } },
    // A failure shows what was received instead, not its first 40 characters.
    chaiConfig: { truncateThreshold: 2_000 },
    ...(mode === 'faults'
      ? FAULTS
      : {
          projects: [
            unit,
            unitOwnProcess,
            integration,
            calls,
            browser,
            ...(mode === 'full' ? [full] : []),
          ],
          ...(process.env.CI && {
            reporters: ['default', 'json'],
            outputFile: { json: 'test-results/unit.json' },
          }),
        }),
  },
}));
