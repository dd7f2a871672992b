// One more web process beside the product, on the same LiveKit server, with data of its own. No worker
// reports to it, so callers there do not wait in line for one: a line is made to hold many requests back.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '@/e2e/support/stack';
import { freePort } from './ports';
import { until } from './until';

interface OwnWeb {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it as `npm run web` does; resolves when it answers. */
export async function startOwnWeb(stack: Stack): Promise<OwnWeb> {
  const data = mkdtempSync(join(tmpdir(), 'callboard-bench-web-'));
  const port = await freePort();
  const child = spawn('npm', ['run', 'web'], {
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: data,
      LIVEKIT_URL: stack.livekit,
      LIVEKIT_API_KEY: stack.apiKey,
      LIVEKIT_API_SECRET: stack.apiSecret,
    },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await until('the web process answers', () =>
    fetch(`${url}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
