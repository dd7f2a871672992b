// The official client of a Letta server. Loaded only if a server is configured, so that pages and agents start without
// it.

import type { Letta } from '@letta-ai/letta-client';
import type { Config } from '@/lib/core/config';

/** A Letta server. */
export interface LettaConnection {
  /** `LETTA_URL`. */
  readonly url: string;
  /** `LETTA_API_KEY`; a local server may need none. */
  readonly key: string | undefined;
}

/** The Letta server of the settings; undefined without one. */
export function connectionOf({
  LETTA_URL: url,
  LETTA_API_KEY: key,
}: Pick<Config, 'LETTA_URL' | 'LETTA_API_KEY'>): LettaConnection | undefined {
  return url ? { url, key } : undefined;
}

/**
 * Creates the client. It does not retry, because a caller is waiting.
 * @param timeoutMs until the start of each response
 */
export async function lettaClient(
  { url, key }: LettaConnection,
  timeoutMs: number,
): Promise<Letta> {
  const { Letta } = await import('@letta-ai/letta-client');
  return new Letta({
    // Without this, the client would use another program's environment variables.
    apiKey: key ?? null,
    // The client adds it.
    baseURL: url.replace(/\/+$/, '').replace(/\/v1$/, ''),
    timeout: timeoutMs,
    maxRetries: 0,
    // The client would log what people said if it cannot parse a response.
    logLevel: 'off',
  });
}
