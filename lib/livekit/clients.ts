// Clients of the LiveKit server API with a timeout, and one kind of problem for all failures.
import { AgentDispatchClient, RoomServiceClient, ServerError } from 'livekit-server-sdk';
import type { Config } from '@/lib/core/config';
import { Problem } from '@/lib/core/problem';

/** Timeout in seconds for the LiveKit server. Our own choice: a caller waits for this. */
const ASK_SECONDS = 5;
/** Seconds after which a retry makes sense: a crashed local server is back by then. */
const RETRY_SECONDS = '5';

/** URL and keys of a LiveKit server. */
export type LiveKitServer = Pick<Config, 'LIVEKIT_URL' | 'LIVEKIT_API_KEY' | 'LIVEKIT_API_SECRET'>;

/** LiveKit's API clients for one server. */
export interface LiveKit {
  readonly rooms: RoomServiceClient;
  readonly dispatches: AgentDispatchClient;
}

/** Creates the clients without sending a request. */
export function liveKit(server: LiveKitServer): LiveKit {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = server;
  const options = { requestTimeout: ASK_SECONDS };
  return {
    rooms: new RoomServiceClient(url, key, secret, options),
    dispatches: new AgentDispatchClient(url, key, secret, options),
  };
}

/**
 * The server's response; `unknown` if it is a 404.
 * @throws {Problem} 503 if the server does not respond or returns an error
 */
export async function callLiveKit<T, U>(answer: Promise<T>, unknown: U): Promise<T | U> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) return unknown;
    const why =
      error instanceof ServerError
        ? `The LiveKit server returned ${error.status} ${error.code ?? ''}`.trim()
        : 'The LiveKit server cannot be reached';
    throw new Problem(
      'livekit-unavailable',
      `${why}.`,
      {},
      { 'retry-after': RETRY_SECONDS },
      { cause: error },
    );
  }
}
