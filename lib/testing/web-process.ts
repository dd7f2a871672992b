// The web process of the built product, for tests that need it as it runs: with Next.js's router, and in its own process.
// LiveKit and the database are those of its settings.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { builtNextEnv } from '@/lib/core/built-next';
import { freePort } from '@/lib/testing/ports';
import { endProcess, outputOf } from '@/lib/testing/processes';
import { waitFor } from '@/lib/testing/wait-for';

/** Milliseconds until it has started on a busy machine. */
const START_MS = 60_000;

/** A running web process. */
export interface WebProcess {
  /** Its URL, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** All output so far. */
  said(): string;
  /** Resident memory in MiB (Linux only). */
  memory(): number;
  /** Stops it; resolves when it has ended. */
  stop(): Promise<void>;
}

/** Starts it. @throws Error if the product is not built */
export async function startWeb(env: Readonly<Record<string, string>>): Promise<WebProcess> {
  if (!existsSync('.next/BUILD_ID')) throw new Error('The product is not built: npm run setup');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const args = [next, 'start', '--hostname', '127.0.0.1', '--port', String(port)];
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ...builtNextEnv('.'),
      ...env,
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = outputOf(child);
  const isReady = async () => {
    if (child.exitCode !== null) throw new Error(said());
    // The first request opens the database.
    return (await fetch(`${url}/api/health`)).body !== null;
  };
  await waitFor('the web process', isReady, START_MS);
  return {
    url,
    port,
    said,
    memory() {
      const pages = readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/);
      return Number(pages?.[1]) / 1_024;
    },
    stop: () => endProcess(child, 'SIGTERM'),
  };
}
