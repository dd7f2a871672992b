// `POST /api/token`: duration of sequential requests, and throughput.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '@/e2e/support/stack';
import { freePort } from '@/lib/testing/ports';
import { type Bench, until } from '../support/bench';
import { type Finding, spread } from '../table';

/** Number of warm-up requests, and of sequential requests in each run. */
const WARM_UP = 200;
const IN_A_ROW = 100;
/** Number of concurrent clients, and milliseconds of each run, for the throughput. */
const AT_ONCE = 16;
const RATE_MS = 1_000;
/** Number of throughput runs: a few seconds in total. */
const RATE_RUNS = 3;
/** Minimum throughput with concurrent clients, as a share of the throughput of one sequential client. */
const LEAST_SHARE = 0.7;

const BODY = JSON.stringify({ room_config: { agents: [{ agent_name: 'front-desk' }] } });

async function ask(url: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: BODY });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`POST /api/token: ${answer.status} ${text}`);
}

interface OwnWeb {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A separate web process with its own data. No worker reports to it, so no request waits in the queue. Started like
 * `npm run web`; resolves when it responds.
 */
async function startOwnWeb(stack: Stack): Promise<OwnWeb> {
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
  await until('the web process', async () => (await fetch(`${url}/api/health`)).ok);
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Tokens per second with `AT_ONCE` clients, each of which sends its next request at once. */
async function rate(url: string): Promise<number> {
  let count = 0;
  const ms = await timed(async () => {
    const until = performance.now() + RATE_MS;
    const client = async () => {
      while (performance.now() < until) {
        await ask(url);
        count += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
  });
  return (count * 1_000) / ms;
}

export async function token(bench: Bench): Promise<Finding[]> {
  const web = await startOwnWeb(await bench.stack());
  try {
    const url = `${web.url}/api/token`;
    for (let done = 0; done < WARM_UP; done += 1) await ask(url);
    const times: number[] = [];
    for (let done = 0; done < bench.runs * IN_A_ROW; done += 1) {
      times.push(await timed(() => ask(url)));
    }
    const rates: number[] = [];
    for (let run = 0; run < Math.min(bench.runs, RATE_RUNS); run += 1) rates.push(await rate(url));
    const note = 'web process alone, asked over loopback';
    const share = (spread(rates).median * spread(times).median) / 1_000;
    return [
      { what: 'POST /api/token', unit: 'ms', values: times, target: { median: 5 }, note },
      {
        what: `POST /api/token, ${AT_ONCE} at once`,
        unit: 'per s',
        values: rates,
        target: { least: 1_500 },
        note,
        ...(share < LEAST_SHARE && {
          wrong: `${share.toFixed(2)} of what one client gets, of at least ${LEAST_SHARE}`,
        }),
      },
    ];
  } finally {
    await web.close();
  }
}
