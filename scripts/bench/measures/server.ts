// The start of the product, and its API.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '@/e2e/support/stack';
import { startWeb } from '@/lib/testing/web-process';
import { type Bench, startProduct, until } from '@/scripts/bench/support/bench';
import { lastCall } from '@/scripts/bench/support/timeline';
import { type Finding, spread } from '@/scripts/bench/table';

/** Duration of the second `npm start` until it is ready. */
export async function start({ runs }: Bench): Promise<Finding[]> {
  const data = mkdtempSync(join(tmpdir(), 'callboard-bench-start-'));
  const values: number[] = [];
  // The first start creates the database folder.
  for (let run = -1; run < runs; run += 1) {
    const began = performance.now();
    const started = await startProduct(data, 'start');
    if (run >= 0) values.push((performance.now() - began) / 1_000);
    await started.end('SIGTERM');
  }
  rmSync(data, { recursive: true, force: true });
  return [{ what: 'npm start, second time → ready', unit: 's', values, target: { median: 6 } }];
}

/**
 * From `POST /api/dispatch-agent` to the assignment of the job to a worker, according to the call's timeline. LiveKit's own
 * list of dispatches is updated only seconds later.
 */
export async function dispatch(bench: Bench): Promise<Finding[]> {
  const answered: number[] = [];
  const assigned: number[] = [];
  await bench.idle();
  for (let run = 0; run < bench.runs; run += 1) {
    const room = `bench-${randomUUID()}`;
    const began = Date.now();
    await bench.ask('POST', '/api/dispatch-agent', { room, agent: 'line-check' });
    answered.push(Date.now() - began);
    await until('the agent', async () => (await bench.calls()) > 0);
    await bench.ask('DELETE', `/api/rooms/${room}`);
    const { call, marks } = await lastCall(bench, began);
    const job = marks.find((mark) => mark.kind === 'event' && mark.what.kind === 'job_assigned');
    if (job) assigned.push(call.requestedAt + job.from - began);
  }
  return [
    {
      what: 'POST /api/dispatch-agent → job assigned',
      unit: 'ms',
      values: assigned,
      target: { median: 20 },
      note: 'by the timeline',
    },
    { what: '  → its answer', unit: 'ms', values: answered },
  ];
}

/** Number of warm-up requests, and of sequential requests in each run. */
const WARM_UP = 200;
const IN_A_ROW = 100;
/** Number of concurrent clients, and milliseconds of each run, for the throughput. */
const AT_ONCE = 16;
const RATE_MS = 1_000;
/** Number of throughput runs: a few seconds in total. */
export const RATE_RUNS = 3;
/** Minimum throughput with concurrent clients, as a share of the throughput of one sequential client. */
const LEAST_SHARE = 0.7;

interface Asked {
  readonly agent: string;
  readonly status: number;
}
const OURS: Asked = { agent: 'front-desk', status: 201 };

async function ask(web: string, { agent, status }: Asked): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ room_config: { agents: [{ agent_name: agent }] } });
  const answer = await fetch(`${web}/api/token`, { method: 'POST', headers, body });
  const text = await answer.text();
  if (answer.status !== status) throw new Error(`POST /api/token: ${answer.status} ${text}`);
}

/** A separate web process with its own data. No worker reports to it, so no request waits in the queue. */
export async function startOwnWeb(stack: Stack) {
  const data = mkdtempSync(join(tmpdir(), 'callboard-bench-web-'));
  const { url, stop } = await startWeb({
    DATA_DIR: data,
    LIVEKIT_URL: stack.livekit,
    LIVEKIT_API_KEY: stack.apiKey,
    LIVEKIT_API_SECRET: stack.apiSecret,
  });
  return {
    url,
    async close() {
      await stop();
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
export async function tokensPerSecond(web: string, asked = OURS): Promise<number> {
  let count = 0;
  const ms = await timed(async () => {
    const until = performance.now() + RATE_MS;
    const client = async () => {
      while (performance.now() < until) {
        await ask(web, asked);
        count += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
  });
  return (count * 1_000) / ms;
}

/** `POST /api/token`: duration of sequential requests, and throughput. */
export async function token(bench: Bench): Promise<Finding[]> {
  const web = await startOwnWeb(await bench.stack());
  try {
    const { url } = web;
    for (let done = 0; done < WARM_UP; done += 1) await ask(url, OURS);
    const times: number[] = [];
    for (let done = 0; done < bench.runs * IN_A_ROW; done += 1) {
      times.push(await timed(() => ask(url, OURS)));
    }
    const rates: number[] = [];
    for (let run = 0; run < Math.min(bench.runs, RATE_RUNS); run += 1)
      rates.push(await tokensPerSecond(url));
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
