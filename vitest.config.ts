// Tests lie beside their sources, and their names say what they need: `*.test.ts` no server, `*.integration.test.ts`
// real servers and workers, `*.full.test.ts` (only with `--mode full`) minutes of real sound. With `--mode faults`,
// faults caused to whole running products.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const INTEGRATION = ['**/*.integration.test.{ts,tsx,mjs}'];
const FULL = ['**/*.full.test.ts'];
const NOWHERE = ['**/node_modules/**', '.next/**', '.callboard/**'];

/** For two cores: tests wait for servers and for talk, too. A fourth takes a tenth off the time (measured). */
const WORKERS = 4;

/** They replace modules, or use what a web process keeps for itself: each has a process of its own. */
const OWN_PROCESS = [
  'app/**/*.test.ts',
  'lib/{core/problem,failover/all-busy,letta/listing,rollouts/share}.test.ts',
];

const unit = {
  extends: true as const,
  test: {
    name: 'unit',
    include: ['{agent,components,deploy,lib,rehearse,scripts}/**/*.test.{ts,tsx,mjs}'],
    exclude: [...INTEGRATION, ...FULL, ...OWN_PROCESS, ...NOWHERE],
    globalSetup: 'lib/testing/folder-template.ts',
    // A process for each file would spend more time on loading packages than on tests.
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
  include: ['e2e/faults/*.test.ts'],
  exclude: FULL,
  // Two products at once: a fault is mostly waited for.
  maxWorkers: 2,
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
          projects: [unit, unitOwnProcess, integration, ...(mode === 'full' ? [full] : [])],
          ...(process.env.CI && {
            reporters: ['default', 'json'],
            outputFile: { json: 'test-results/unit.json' },
          }),
        }),
  },
}));
