// The way to the LiveKit server's own API: clients with a time limit, and one problem for every way
// in which it can fail to answer.
import { AgentDispatchClient, RoomServiceClient, ServerError } from 'livekit-server-sdk';
import type { Config } from '@/lib/core/config';
import { Problem } from '@/lib/core/problem';

/** Seconds to wait for the LiveKit server. Our own choice: a caller waits for this. */
const ASK_SECONDS = 5;
/** Seconds after which asking again makes sense: a crashed local server is back by then. */
const RETRY_SECONDS = '5';

/** What leads to a LiveKit server. */
export type LiveKitServer = Pick<Config, 'LIVEKIT_URL' | 'LIVEKIT_API_KEY' | 'LIVEKIT_API_SECRET'>;

/** LiveKit's clients for one server. */
export interface LiveKit {
  readonly rooms: RoomServiceClient;
  readonly dispatches: AgentDispatchClient;
}

/** Makes the clients; nothing is asked yet. */
export function liveKit(server: LiveKitServer): LiveKit {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = server;
  const options = { requestTimeout: ASK_SECONDS };
  return {
    rooms: new RoomServiceClient(url, key, secret, options),
    dispatches: new AgentDispatchClient(url, key, secret, options),
  };
}

/**
 * The server's answer; `unknown` where it says 404.
 * @throws {Problem} 503 where it does not answer, or not with what was asked.
 */
export async function asked<T, U>(answer: Promise<T>, unknown: U): Promise<T | U> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) return unknown;
    const why =
      error instanceof ServerError
        ? `It answered ${error.status} ${error.code ?? ''}`.trim()
        : 'It cannot be reached';
    throw new Problem(
      'livekit-unavailable',
      `${why}.`,
      {},
      { 'retry-after': RETRY_SECONDS },
      { cause: error },
    );
  }
}
