// Starts the speech server, for the process and for tests.
import { serve } from '@hono/node-server';
import { speechApi } from './api';
import type { Engines } from './engines';

/** A listening speech server. */
export interface SpeechProcess {
  /** Address up to and including `/v1`. */
  readonly url: string;
  /** Resolves when the models are warm; rejects if they cannot be loaded. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens immediately and answers 503 until the models are warm, so that "starting" differs from
 * "down".
 * @param port 0 picks a free one
 * @param load loads the engines
 * @param key see `speechApi`
 * @throws if it cannot listen on the address
 */
export function startSpeech(
  host: string,
  port: number,
  load: () => Promise<Engines>,
  key?: string,
): Promise<SpeechProcess> {
  return new Promise((resolve, reject) => {
    let engines: Engines | undefined;
    const { fetch } = speechApi(() => engines, key);
    const server = serve({ fetch, hostname: host, port }, (address) => {
      const ready = load().then((loaded) => {
        engines = loaded;
      });
      const close = () =>
        new Promise<void>((done) => {
          engines?.neural.close();
          server.close(() => done());
          if ('closeAllConnections' in server) server.closeAllConnections();
        });
      resolve({ url: `http://${host}:${address.port}/v1`, ready, close });
    });
    server.once('error', reject);
  });
}
