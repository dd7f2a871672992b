// Long-lived responses and connections. They are closed when this process is asked to stop, because Next waits for
// each of them before it exits.
import { subscribe } from 'node:diagnostics_channel';
import type { Server, ServerResponse } from 'node:http';
import { processSingleton } from '@/lib/core/process-singleton';

const state = processSingleton('open-streams', () => ({
  /** Functions that close each open stream. */
  streams: new Set<() => void>(),
  /** Whether the process is stopping. */
  ending: false,
}));

/** Registers an open response by the function that closes it; returns a function that unregisters it. */
export function registerStream(close: () => void): () => void {
  const { streams } = state();
  streams.add(close);
  // Opened on an existing connection while the process stops: the client reconnects to another process.
  if (isStopping()) setImmediate(close);
  return () => streams.delete(close);
}

/** Whether open responses are being closed because this process stops. */
export const isStopping = (): boolean => state().ending;

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

/** When this process is asked to stop, closes all open responses, and each connection after its response. */
export function closeOnStop(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      if (isStopping()) return;
      state().ending = true;
      keepNoConnection();
      for (const close of state().streams) close();
    });
  }
}
