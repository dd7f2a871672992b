// Long-lived responses and connections. They are closed when this process is asked to stop, because Next waits for
// each of them before it exits.

import { subscribe } from 'node:diagnostics_channel';
import type { Server, ServerResponse } from 'node:http';
import type { RequestServer } from '@/lib/http/server';

type Open = Pick<RequestServer, 'openStreams'>;

/** Registers an open response by the function that closes it; returns a function that unregisters it. */
export function registerStream(server: Open, close: () => void): () => void {
  const { close: all } = server.openStreams;
  all.add(close);
  // Opened on an existing connection while the process stops: the client reconnects to another process.
  if (isStopping(server)) setImmediate(close);
  return () => all.delete(close);
}

/** Whether open responses are being closed because this process stops. */
export const isStopping = (server: Open): boolean => server.openStreams.stopping;

/**
 * A connection that is never idle for long, like a proxy's with frequent health checks, would keep the server from
 * closing. So each connection is closed after its next response.
 */
function keepNoConnection(): void {
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { readonly response: ServerResponse };
    response.shouldKeepAlive = false;
  });
  // Clients of connections with a pipelined request have not been told to close them.
  subscribe('http.server.response.finish', (message) => {
    const { server } = message as { readonly server: Server };
    setImmediate(() => server.closeIdleConnections());
  });
}

/**
 * When this process is asked to stop, closes all open responses, and each connection after its response.
 * @param current the process's state; undefined while its settings are invalid
 */
export function closeOnStop(current: () => RequestServer | undefined): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      const server = current();
      if (server && isStopping(server)) return;
      keepNoConnection();
      if (!server) return;
      server.openStreams.stopping = true;
      for (const close of server.openStreams.close) close();
    });
  }
}
