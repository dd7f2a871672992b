// Unit and integration tests: beside their sources, in Node. With `--mode faults`, faults caused to a whole
// running product, one file at a time.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const UNITS = {
  // Agents talk in real time: they have the machine for themselves. The others run on both cores.
  projects: [
    {
      extends: true as const,
      test: {
        name: 'agents',
        // Rehearsals talk too.
        include: ['{agent,rehearse}/**/*.test.ts'],
        maxWorkers: 1,
        sequence: { groupOrder: 1 },
      },
    },
    {
      extends: true as const,
      test: {
        name: 'the rest',
        include: ['{app,bench,components,deploy,lib,scripts}/**/*.test.{ts,tsx,mjs}'],
        maxWorkers: 2,
        sequence: { groupOrder: 2 },
      },
    },
  ],
  ...(process.env.CI && {
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results/unit.json' },
  }),
};
const FAULTS = {
  include: ['faults/*.test.ts'],
  // Two cores carry one product.
  fileParallelism: false,
  // Limits, not goals: whole products are started and ended in them.
  testTimeout: 120_000,
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
    testTimeout: 20_000,
    // Servers and databases are started in them.
    hookTimeout: 60_000,
    // A limit for what must come, not a goal: a busy machine takes a second now and then.
    expect: { poll: { timeout: 10_000 } },
    ...(mode === 'faults' ? FAULTS : UNITS),
  },
}));
