// Shared by all measures: the product as started by `npm start`, and a browser. Each is started on first use and stopped
// with the benchmark.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium } from '@playwright/test';
import { sumBy } from 'es-toolkit';
import type { Stack } from '@/e2e/support/stack';
import { type Started, start } from '@/e2e/support/start';
import { agentsAnswer } from '@/lib/agents/answers';
import { REPORT_EVERY_MS } from '@/lib/livekit/worker-report';
import { productPorts } from '@/lib/testing/ports';
import { descendants } from '@/lib/testing/processes';
import { waitFor } from '@/lib/testing/wait-for';
import { BROWSER_ARGS, findBrowser } from '@/scripts/browser';
import { askWeb, type WebRequest } from '@/scripts/lib/web-api';

/** Folder for the output of measured processes. */
export const LOGS = 'test-results/bench';

/** Milliseconds without changes after which the product is idle: longer than workers' report interval. */
const STILL_MS = REPORT_EVERY_MS * 1.5;

/** Milliseconds between checks, which also cost the product time. */
const LOOK_MS = 250;

/** Timeout in milliseconds: a limit, not a target. */
export const LIMIT_MS = 30_000;

/** Waits for a result, up to the limit. */
export const until = <T>(what: string, look: () => T | Promise<T>) => waitFor(what, look, LIMIT_MS);

/** Starts a product with this data folder on free ports; `log` is the name of its log file. */
export async function startProduct(data: string, log: string): Promise<Started> {
  return start({ command: 'start', ports: await productPorts(), data, log: `${LOGS}/${log}.log` });
}

export class Bench {
  readonly #data = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
  #running: Promise<Started> | undefined;
  #browser: Promise<Browser> | undefined;

  constructor(readonly runs: number) {}

  async stack(): Promise<Stack> {
    this.#running ??= startProduct(this.#data, 'product');
    return (await this.#running).stack;
  }

  /** A browser like that of the browser tests, started on first use. */
  browser(): Promise<Browser> {
    this.#browser ??= findBrowser().then((executablePath) =>
      chromium.launch({ executablePath, args: BROWSER_ARGS }),
    );
    return this.#browser;
  }

  /** Sends a request to the product's API. @throws if the response is an error */
  async ask(method: WebRequest['method'], path: string, body?: unknown): Promise<unknown> {
    const { web } = await this.stack();
    return askWeb(web, { method, path, body });
  }

  /** Number of calls of all agents, from the workers' latest reports. */
  async calls(): Promise<number> {
    const { agents } = agentsAnswer.parse(await this.ask('GET', '/api/agents'));
    return sumBy(
      agents.flatMap(({ deployments }) => deployments),
      (one) => one.activeJobs,
    );
  }

  /** Waits until there are no calls, and no process has started or ended for a while. */
  async idle(others: readonly number[] = []): Promise<void> {
    const { pid } = await this.stack();
    let before = '';
    let since = 0;
    const look = async () => {
      await pause(LOOK_MS);
      const busy = (await this.calls()) > 0;
      const now = [pid, ...others]
        .flatMap(descendants)
        .map((one) => one.pid)
        .join(' ');
      if (busy || now !== before) since = performance.now();
      before = now;
      return performance.now() - since > STILL_MS;
    };
    await until('all calls to end', look);
  }

  async close(): Promise<void> {
    await (await this.#browser)?.close();
    await (await this.#running)?.end('SIGTERM');
    rmSync(this.#data, { recursive: true, force: true });
  }
}
