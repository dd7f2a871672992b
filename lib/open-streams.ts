// Answers that stay open: ended when this process is asked to end, since Next waits for every answer
// before it does.

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & {
  callboardStreams?: Set<() => void>;
  callboardEnding?: boolean;
};

/** Remembers an open answer by what closes it; returns what forgets it again. */
export function keepOpen(close: () => void): () => void {
  shared.callboardStreams ??= new Set();
  const streams = shared.callboardStreams;
  streams.add(close);
  // One that is opened on a connection from before: whoever opens it again finds another process.
  if (isEnding()) setImmediate(close);
  return () => streams.delete(close);
}

/** Whether the open answers are being closed because this process ends. */
export const isEnding = (): boolean => shared.callboardEnding === true;

/** Closes all open answers when this process is told to end. */
export function closeWhenEnding(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      shared.callboardEnding = true;
      for (const close of shared.callboardStreams ?? []) close();
    });
  }
}
