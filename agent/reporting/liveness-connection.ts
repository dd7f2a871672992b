// This process's lifeline to the web process: a request that stays open until the process dies, however
// it dies, so that the watcher knows at once. One that breaks is opened again.
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '@livekit/agents';
import type { Config } from '../../lib/core/config';
import { LIFELINE_PATH, type LifelineOf } from '../../lib/failover/lifelines';
import { signBody } from '../../lib/livekit/worker-auth';

/** Milliseconds until a broken line is opened again: at once, then doubled up to the most. */
const FIRST_MS = 20;
const MOST_MS = 2_000;

/** Holds the line until it is let go; a web process that is away is tried again and again. */
export function holdLifeline(config: Config, whose: LifelineOf): () => void {
  const url = new URL(LIFELINE_PATH, config.CALLBOARD_URL);
  const body = JSON.stringify(whose);
  const stopping = new AbortController();
  const { signal } = stopping;

  async function hold(): Promise<void> {
    const authorization = await signBody('lifeline', body, config);
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(url, { method: 'POST', headers, body, signal });
    if (!answer.ok || !answer.body) throw new Error(`the web process answered ${answer.status}`);
    delay = FIRST_MS;
    for await (const _ of answer.body) {
      // A sign of life.
    }
  }

  let delay = FIRST_MS;
  async function run(): Promise<void> {
    let failing = false;
    while (!signal.aborted) {
      try {
        await hold();
        failing = false;
      } catch (error) {
        if (signal.aborted) return;
        // Said once: calls go on without the web process.
        if (!failing) log().debug({ error, url: url.href }, 'no lifeline');
        failing = true;
      }
      await pause(delay, undefined, { ref: false });
      delay = Math.min(delay * 2, MOST_MS);
    }
  }
  void run();
  return () => stopping.abort();
}
