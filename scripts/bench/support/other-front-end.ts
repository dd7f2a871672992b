// Another LiveKit front end with a stock worker, on our LiveKit server and speech server. It must be installed and built,
// and have a button "Start call" and a token endpoint at /api/token.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Stack } from '@/e2e/support/stack';
import { freePort } from '@/lib/testing/ports';
import { descendants, isRunning } from '@/lib/testing/processes';
import { LOGS, until } from '@/scripts/bench/support/bench';
import { buildDir } from '@/scripts/lib/environment';

/** Agent name of the stock worker. */
export const STOCK_AGENT = 'stock';

/** The front end, with the processes of its pages and of its worker. */
export type OtherFrontEnd = Awaited<ReturnType<typeof startOther>>;

type Env = Readonly<Record<string, string>>;

function run(name: string, command: readonly [string, ...string[]], env: Env, cwd?: string) {
  const [file, ...args] = command;
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env } });
  const log = createWriteStream(`${LOGS}/${name}.log`);
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  return child;
}

async function stop({ pid }: ChildProcess): Promise<void> {
  const all = [...descendants(pid ?? 0).map((one) => one.pid), pid ?? 0];
  for (const one of all.filter(isRunning)) process.kill(one, 'SIGKILL');
  await until('the other front end to end', () => !all.some(isRunning));
}

/** Starts the front end in this folder with `npm start`, and a stock worker; resolves when the page responds. */
export async function startOther(dir: string, stack: Stack) {
  const port = await freePort();
  const livekit = {
    LIVEKIT_URL: stack.livekit,
    LIVEKIT_API_KEY: stack.apiKey,
    LIVEKIT_API_SECRET: stack.apiSecret,
  };
  const web = run(
    'other',
    ['npm', 'start'],
    { ...livekit, AGENT_NAME: STOCK_AGENT, PORT: String(port) },
    dir,
  );
  // As JavaScript, because a TypeScript loader would cost it memory.
  const outfile = join(buildDir, 'stock-agent.mjs');
  await build({ entryPoints: ['scripts/bench/support/stock-agent.ts'], format: 'esm', outfile });
  const worker = run('stock-agent', [process.execPath, outfile, 'start'], {
    ...livekit,
    LIVEKIT_AGENT_NAME: STOCK_AGENT,
    SPEECH_URL: stack.speech,
  });
  const url = `http://127.0.0.1:${port}`;
  await until('the other front end', async () => (await fetch(url)).ok);
  return {
    web: url,
    pids: [web.pid ?? 0, worker.pid ?? 0],
    close: async () => void (await Promise.all([stop(web), stop(worker)])),
  };
}
