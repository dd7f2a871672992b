// What all measurements stand on: the product as `npm start` brings it up, and a browser. Each is
// started when it is first needed and ended with the bench.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium } from '@playwright/test';
import getPort, { portNumbers } from 'get-port';
import type { Stack } from '@/e2e/support/stack';
import { type Started, start } from '@/e2e/support/start';
import { REPORT_EVERY_MS } from '@/lib/livekit/worker-report';
import type { AgentStatus } from '@/lib/livekit/workers';
import { descendants } from '@/lib/testing/processes';

/** Where the outputs of what is measured go. */
const LOGS = 'test-results/bench';

/** Milliseconds without news after which all is as it stays: longer than workers take to report. */
const STILL_MS = REPORT_EVERY_MS * 1.5;

/** Milliseconds between looks: they are work for the product too. */
const LOOK_MS = 250;

/** As the browser tests start it (`playwright.config.ts`). */
const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/** Milliseconds for what must come: a limit, not a goal. */
const LIMIT_MS = 30_000;

/**
 * Looks every `everyMs` until there is something; resolves with it.
 * @throws Error that names `what` was waited for
 */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  { everyMs = 50, limitMs = LIMIT_MS } = {},
): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${limitMs / 1_000} s`);
    await pause(everyMs);
  }
}

/** Below those that systems give out by themselves: nobody takes one between the choice and the use. */
const FIRST = 25_000;
const LAST = 25_499;

/** A free port; it is not given out again for some seconds. */
export const freePort = (): Promise<number> => getPort({ port: portNumbers(FIRST, LAST) });

/** Starts a product with this data folder on free ports; `log` names the file of its output. */
export async function startProduct(data: string, log: string): Promise<Started> {
  const ports = { web: await freePort(), speech: await freePort(), livekit: await freePort() };
  return start({ command: 'start', ports, data, log: `${LOGS}/${log}.log` });
}

export class Bench {
  /** Data folder of the product that is measured: nobody's own. */
  readonly #data = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
  #running: Promise<Started> | undefined;
  #browser: Promise<Browser> | undefined;

  /** @param runs how often each thing is measured */
  constructor(readonly runs: number) {}

  /** The product; the same one from the first question on. */
  async stack(): Promise<Stack> {
    this.#running ??= startProduct(this.#data, 'product');
    return (await this.#running).stack;
  }

  /** A browser as the browser tests have it; the same one from the first question on. */
  browser(): Promise<Browser> {
    // The path is told by `run.mjs`, which finds a browser or gets one.
    const executablePath = process.env.CHROME_BIN;
    this.#browser ??= chromium.launch({ executablePath, args: BROWSER_ARGS });
    return this.#browser;
  }

  /** Asks the product's API. @throws where the answer is no success */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { web } = await this.stack();
    const answer = await fetch(web + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }) },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** How many calls the agents have, as their workers reported last. */
  async calls(): Promise<number> {
    const { agents } = await this.ask<{ agents: AgentStatus[] }>('GET', '/api/agents');
    const jobs = agents.flatMap(({ deployments }) => deployments.map((one) => one.activeJobs));
    return jobs.reduce((sum, count) => sum + count, 0);
  }

  /** Waits until nobody has a call, and no process has come or gone for a while: all is ready for one. */
  async idle(): Promise<void> {
    const { pid } = await this.stack();
    let before = '';
    let since = 0;
    const look = async () => {
      const busy = (await this.calls()) > 0;
      const now = descendants(pid)
        .map((one) => one.pid)
        .join(' ');
      if (busy || now !== before) since = performance.now();
      before = now;
      return performance.now() - since > STILL_MS;
    };
    await until('nobody has a call', look, { everyMs: LOOK_MS });
  }

  /** Ends what was started; nothing of it is left. */
  async close(): Promise<void> {
    await (await this.#browser)?.close();
    await (await this.#running)?.end('SIGTERM');
    rmSync(this.#data, { recursive: true, force: true });
  }
}
