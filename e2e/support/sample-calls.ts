// Sample calls, reported as a worker reports its calls.

import type { Stack } from '@/e2e/support/stack';
import type { CallEvent } from '@/lib/calls/event';
import { signBody } from '@/lib/livekit/worker-auth';
import { type Sample, sampleCall } from '@/lib/testing/calls';

/**
 * Reports one call for each seed.
 * @param at when they were requested, in milliseconds since 1970
 */
export async function reportCalls(
  stack: Stack,
  seeds: readonly number[],
  at: number,
  like: Sample,
  version?: string,
): Promise<void> {
  for (const seed of seeds) {
    const call = sampleCall(seed, at, { turns: 2, ...like });
    const events = call.map(({ what, ...event }): CallEvent => {
      return {
        ...event,
        what: version && what.kind === 'agent_joined' ? { ...what, version } : what,
      };
    });
    await reportEvents(stack, events);
  }
}

/** Reports events as the worker w-1 does. */
export async function reportEvents(
  { web, apiKey, apiSecret }: Stack,
  events: readonly CallEvent[],
): Promise<void> {
  const body = JSON.stringify({ worker: 'w-1', sentAt: Date.now(), events });
  const signer = { LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret };
  const authorization = await signBody('events', body, signer);
  const headers = { 'content-type': 'application/json', authorization };
  const answer = await fetch(new URL('/api/workers/events', web), {
    method: 'POST',
    headers,
    body,
  });
  if (answer.status !== 204) throw new Error(`${answer.status}: ${await answer.text()}`);
}
