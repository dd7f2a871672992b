// Answers and connections that stay open: ended when this process is asked to end, since Next waits for
// each of them before it does.
import { subscribe } from 'node:diagnostics_channel';
import type { Server, ServerResponse } from 'node:http';
import { processSingleton } from '@/lib/core/process-singleton';

const state = processSingleton('open-streams', () => ({
  /** What closes each open stream. */
  streams: new Set<() => void>(),
  /** Whether the process is being stopped. */
  ending: false,
}));

/** Remembers an open answer by what closes it; returns what forgets it again. */
export function keepOpen(close: () => void): () => void {
  const { streams } = state();
  streams.add(close);
  // One that is opened on a connection from before: whoever opens it again finds another process.
  if (isEnding()) setImmediate(close);
  return () => streams.delete(close);
}

/** Whether the open answers are being closed because this process ends. */
export const isEnding = (): boolean => state().ending;

/**
 * A connection that is never idle for long, as a proxy's that asks again and again whether all is well, would
 * keep the server from closing: each is closed after its next answer.
 */
function keepNoConnection(): void {
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { readonly response: ServerResponse };
    response.shouldKeepAlive = false;
  });
  // Of those that were asked on before the end, the client knows nothing of it.
  subscribe('http.server.response.finish', (message) => {
    const { server } = message as { readonly server: Server };
    setImmediate(() => server.closeIdleConnections());
  });
}

/** Closes all open answers when this process is told to end, and every connection after its answer. */
export function closeWhenEnding(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      if (isEnding()) return;
      state().ending = true;
      keepNoConnection();
      for (const close of state().streams) close();
    });
  }
}
