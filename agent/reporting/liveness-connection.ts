// This process's liveness connection to the web process: a request that stays open until the
// process dies, so that failover notices immediately. A broken connection is reopened.
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '@livekit/agents';
import type { Config } from '../../lib/core/config';
import { LIVENESS_PATH, type LivenessSource } from '../../lib/failover/liveness';
import { signBody } from '../../lib/livekit/worker-auth';

/**
 * Milliseconds before a broken connection is reopened; doubled after each attempt up to the
 * maximum.
 */
const MIN_DELAY_MS = 20;
const MAX_DELAY_MS = 2_000;

/**
 * Keeps the connection open until the returned function is called; retries while the web process is
 * down.
 */
export function openLivenessConnection(config: Config, whose: LivenessSource): () => void {
  const url = new URL(LIVENESS_PATH, config.CALLBOARD_URL);
  const body = JSON.stringify(whose);
  const stopping = new AbortController();
  const { signal } = stopping;

  async function hold(): Promise<void> {
    const authorization = await signBody('lifeline', body, config);
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(url, { method: 'POST', headers, body, signal });
    if (!answer.ok || !answer.body) throw new Error(`the web process answered ${answer.status}`);
    delay = MIN_DELAY_MS;
    for await (const _ of answer.body) {
      // The server's keep-alive bytes.
    }
  }

  let delay = MIN_DELAY_MS;
  async function run(): Promise<void> {
    let failing = false;
    while (!signal.aborted) {
      try {
        await hold();
        failing = false;
      } catch (error) {
        if (signal.aborted) return;
        // Logged once: calls continue without the web process.
        if (!failing) log().debug({ error, url: url.href }, 'liveness connection failed');
        failing = true;
      }
      await pause(delay, undefined, { ref: false });
      delay = Math.min(delay * 2, MAX_DELAY_MS);
    }
  }
  void run();
  return () => stopping.abort();
}
