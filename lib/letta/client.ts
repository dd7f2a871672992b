// The official client of a Letta server. Loaded only where one is named: pages and agents without Letta
// start without it.
import type { Letta } from '@letta-ai/letta-client';

/** A Letta server. */
export interface LettaServer {
  /** `LETTA_URL`. */
  readonly url: string;
  /** `LETTA_API_KEY`; a server on one's own machine may want none. */
  readonly key: string | undefined;
}

/**
 * The client, which tries once: who waits is on the telephone.
 * @param timeoutMs for the beginning of each answer
 */
export async function lettaClient({ url, key }: LettaServer, timeoutMs: number): Promise<Letta> {
  const { Letta } = await import('@letta-ai/letta-client');
  return new Letta({
    // Not set, the client would take another program's settings.
    apiKey: key ?? null,
    baseURL: url.replace(/\/+$/, ''),
    timeout: timeoutMs,
    maxRetries: 0,
    // It would log what people said where it cannot read an answer.
    logLevel: 'off',
  });
}
