// Real processes: crashed parts restart, stubborn ones are stopped, and nothing outlives the program.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { NODE_BUNDLE } from '@/scripts/lib/build';
import { backOff } from '@/scripts/lib/supervisor';

/** The supervisor as a bundle, which starts faster than its TypeScript. In the clone, where it finds its packages. */
const bundle = resolve(`.callboard/test/supervisor-${process.pid}.mjs`);
beforeAll(() =>
  build({ entryPoints: ['scripts/lib/supervisor.ts'], outfile: bundle, ...NODE_BUNDLE }),
);
afterAll(() => rmSync(bundle, { force: true }));

let dir: string;
let program: ChildProcess;
let output: string;

/** Runs a program that supervises one part: a Node script that writes its pid and its child's. */
function start(partScript: string, then = ''): void {
  const part = join(dir, 'part.mjs');
  writeFileSync(
    part,
    `import { spawn } from 'node:child_process';
     import { appendFileSync } from 'node:fs';
     const child = spawn('sleep', ['600']);
     ${partScript}
     appendFileSync(${JSON.stringify(join(dir, 'pids'))}, process.pid + ' ' + child.pid + '\\n');
     setInterval(() => {}, 1000);`,
  );
  const main = join(dir, 'main.mjs');
  writeFileSync(
    main,
    `import { supervise } from ${JSON.stringify(bundle)};
     const running = supervise([{ name: "it's", color: 'blue', env: {}, argv: [process.execPath, ${JSON.stringify(part)}] }]);
     process.on('SIGTERM', async () => { ${then} });`,
  );
  program = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'] });
  output = '';
  program.stdout?.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
}

/**
 * `[part's pid, its child's pid]` of each start. Incomplete lines are ignored: with an empty file, `process.kill(0)`
 * would kill the tests themselves.
 */
function starts(): number[][] {
  try {
    const lines = readFileSync(join(dir, 'pids'), 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => line.split(' ').map(Number));
  } catch {
    return [];
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie has exited; its parent may be slow to collect it.
    return (
      process.platform !== 'linux' ||
      !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
    );
  } catch {
    return false;
  }
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 30 });
const noneLeft = () => expect(starts().flat().filter(alive)).toEqual([]);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'callboard-run-'));
});
afterEach(() => {
  program?.kill('SIGKILL');
  for (const pid of starts().flat().filter(alive)) process.kill(pid, 'SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

it('waits longer after each crash, up to a limit', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(backOff)).toEqual([500, 1e3, 2e3, 4e3, 8e3, 1e4, 1e4]);
});

it('restarts a killed part, and stops its child processes', async () => {
  start('');
  await until(() => expect(starts()).toHaveLength(1));
  process.kill(starts()[0]?.[0] ?? 0, 'SIGKILL');
  await until(() => expect(starts()).toHaveLength(2));
  expect(starts()[0]?.filter(alive)).toEqual([]);
  expect(output).toContain("it's ");
  expect(output).toContain('exited (SIGKILL), restarting in 500 ms');
});

it('shows every character whole, also one that ends in the next piece of output', async () => {
  // A pipe has pieces of an even number of bytes.
  start("console.log('a' + 'ü'.repeat(100_000));");
  await until(() => expect(output).toMatch(/aü{100000}\n/));
});

it('restarts a part that exits with code 0', async () => {
  start('if (process.argv[2] === undefined) setTimeout(() => process.exit(0), 50);');
  await until(() => expect(starts().length).toBeGreaterThan(1));
});

it('kills a part that ignores signals, with its children, and reports it', async () => {
  start(
    "process.on('SIGTERM', () => console.log('no'));",
    `running.stopRestarting();
     console.log('killed', await running.end(["it's"], { limitMs: 2_000, againMs: 500 }));
     process.exit(0);`,
  );
  await until(() => expect(starts()).toHaveLength(1));
  program.kill('SIGTERM');
  await until(() => expect(program.exitCode).toBe(0));
  noneLeft();
  expect(output).toContain(`killed [ "it's" ]`);
  expect(output.match(/ no\n/g)).toHaveLength(2);
});

it('leaves nothing behind when it is killed itself', async () => {
  start("process.on('SIGTERM', () => {});");
  await until(() => expect(starts()).toHaveLength(1));
  program.kill('SIGKILL');
  await until(noneLeft);
});
