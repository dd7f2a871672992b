// Tests lie beside their sources, and their names say what they need: `*.test.ts` no server, `*.integration.test.ts`
// real servers and workers, `*.full.test.ts` (only with `--mode full`) minutes of real sound. With `--mode faults`,
// faults caused to a whole running product, one file at a time.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const INTEGRATION = ['**/*.integration.test.{ts,tsx,mjs}'];
const FULL = ['**/*.full.test.ts'];
const NOWHERE = ['**/node_modules/**', '.next/**', '.callboard/**'];

/** For two cores: tests wait for servers and for talk, too. */
const WORKERS = 3;

const unit = {
  extends: true as const,
  test: {
    name: 'unit',
    include: ['{app,bench,components,deploy,lib,scripts}/**/*.test.{ts,tsx,mjs}'],
    exclude: [...INTEGRATION, ...FULL, ...NOWHERE],
    globalSetup: 'lib/testing/folder-template.ts',
    maxWorkers: WORKERS,
    sequence: { groupOrder: 1 },
  },
};
const unitOfAgents = {
  ...unit,
  test: {
    ...unit.test,
    name: 'unit-agent',
    include: ['{agent,rehearse}/**/*.test.ts'],
    // A process for each file would spend more time on loading the agents framework than on tests.
    isolate: false,
  },
};
const integration = {
  extends: true as const,
  test: {
    name: 'integration',
    include: INTEGRATION,
    exclude: NOWHERE,
    globalSetup: ['lib/testing/folder-template.ts', 'agent/testing/stack.ts'],
    maxWorkers: WORKERS,
    sequence: { groupOrder: 2 },
  },
};
const full = {
  extends: true as const,
  test: {
    name: 'full',
    include: FULL,
    exclude: NOWHERE,
    // Calls with real speech are in real time: they have the machine for themselves.
    maxWorkers: 1,
    sequence: { groupOrder: 3 },
  },
};
const FAULTS = {
  include: ['faults/*.test.ts'],
  exclude: FULL,
  // Two cores carry one product.
  fileParallelism: false,
  // Limits, not goals: whole products are started and ended in them.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  reporters: ['default', 'json'],
  outputFile: { json: 'test-results/faults.json' },
};

export default defineConfig(({ mode }) => ({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    // The practice's hours are local times.
    env: { TZ: 'Europe/London' },
    setupFiles: ['lib/testing/data-folder.ts'],
    // Limits for what hangs, not goals: a busy machine takes ten times as long as an idle one.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A limit for what must come, not a goal: a busy machine takes a second now and then.
    expect: { poll: { timeout: 20_000 } },
    ...(mode === 'faults'
      ? FAULTS
      : {
          projects: [unit, unitOfAgents, integration, ...(mode === 'full' ? [full] : [])],
          ...(process.env.CI && {
            reporters: ['default', 'json'],
            outputFile: { json: 'test-results/unit.json' },
          }),
        }),
  },
}));
