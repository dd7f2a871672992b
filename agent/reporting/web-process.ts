// Requests to the web process, which may be down or still starting: signed reports and events, and the liveness
// connection, a request that stays open until this process dies, so that failover notices immediately.
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '@livekit/agents';
import { joinUrl } from '@/lib/core/addresses';
import type { Config } from '@/lib/core/config';
import { LIVENESS_PATH, type LivenessSource } from '@/lib/failover/liveness';
import { type SignedKind, signBody } from '@/lib/livekit/worker-auth';

/** Sends `content` as a signed request; resolves when the response begins. */
export async function postSigned(
  config: Config,
  [kind, path]: readonly [SignedKind, string],
  content: unknown,
  signal: AbortSignal,
): Promise<Response> {
  const body = JSON.stringify(content);
  const authorization = await signBody(kind, body, config);
  const headers = { 'content-type': 'application/json', authorization };
  return fetch(joinUrl(config.CALLBOARD_URL, path), { method: 'POST', headers, body, signal });
}

/** Milliseconds before a broken connection is reopened; doubled after each attempt up to the maximum. */
const MIN_DELAY_MS = 20;
const MAX_DELAY_MS = 2_000;

/** Keeps the connection open until the returned function is called; retries while the web process is down. */
export function openLivenessConnection(config: Config, whose: LivenessSource): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function hold(): Promise<void> {
    const answer = await postSigned(config, ['lifeline', LIVENESS_PATH], whose, signal);
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
        if (!failing)
          log().debug({ error, url: config.CALLBOARD_URL }, 'liveness connection failed');
        failing = true;
      }
      await pause(delay, undefined, { ref: false });
      delay = Math.min(delay * 2, MAX_DELAY_MS);
    }
  }
  void run();
  return () => stopping.abort();
}

/**
 * Milliseconds of consecutive failures before they are reported: the web process and its database take up to ten
 * seconds to start on a busy machine. Our own choice.
 */
export const REPORT_AFTER_MS = 15_000;

/**
 * Reports a failure only once failures have lasted.
 * @param warn receives the latest error, once per series of failures
 */
export function trackFailures(warn: (error: unknown) => void) {
  let since: number | undefined;
  let hasWarned = false;
  return {
    failed(error: unknown): void {
      since ??= performance.now();
      if (hasWarned || performance.now() - since < REPORT_AFTER_MS) return;
      hasWarned = true;
      warn(error);
    },
    /** Records a success; the next failure starts a new series. */
    worked(): void {
      since = undefined;
      hasWarned = false;
    },
  };
}
