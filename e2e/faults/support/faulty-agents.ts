// Faulty agents: the built worker with the files of some agents replaced by faulty ones, each in a real job process.
import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TestWorker } from '@/agent/testing/worker-process';
import type { Settings } from '@/e2e/faults/support/parts';

/** Code that replaces an agent's entry; `ctx` and `whole`, the original agent, are in scope. */
export const FAULTS = {
  throwsAtOnce: `throw new Error('the table of this agent is missing');`,
  neverConnects: 'await new Promise(() => {});',
  /** A second into the call. */
  throwsLater: `const call = whole.entry(ctx);
    const timer = setInterval(() => {
      if (!ctx.room.isConnected) return;
      clearInterval(timer);
      setTimeout(() => { throw new Error('broken in mid-call'); }, 1_000);
    }, 50);
    await call;`,
  /** Three seconds into the job, for 90 s. */
  blocks: `setTimeout(() => {
      const until = Date.now() + 90_000;
      while (Date.now() < until);
    }, 3_000);
    await whole.entry(ctx);`,
  /** 100 MB every 200 ms, up to 4 GB. */
  leaks: `const kept = [];
    const timer = setInterval(() => {
      if (ctx.room.isConnected) kept.push(Buffer.alloc(100_000_000, 1));
      if (kept.length >= 40) clearInterval(timer);
    }, 200);
    await whole.entry(ctx);`,
} as const;

/** A running worker with faulty agents. */
export interface FaultyWorker {
  readonly worker: TestWorker;
  close(): Promise<void>;
}

/** Starts the worker; `faults` maps agent names to faults. */
export function startFaulty(
  settings: Settings,
  faults: Readonly<Record<string, string>>,
): FaultyWorker {
  // Inside the repository, so that it finds node_modules.
  const folder = mkdtempSync(resolve('.callboard/test-build-'));
  cpSync('.callboard/build', folder, { recursive: true });
  for (const [agent, fault] of Object.entries(faults)) {
    const file = join(folder, `agent/agents/${agent}.js`);
    renameSync(file, join(folder, `agent/agents/${agent}.whole.js`));
    writeFileSync(
      file,
      `import agent from './${agent}.whole.js';
const whole = { ...agent };
agent.entry = async (ctx) => { ${fault} };
export default agent;\n`,
    );
  }
  const worker = TestWorker.start(join(folder, 'agent/main.js'), settings, []);
  return {
    worker,
    async close() {
      await worker.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
