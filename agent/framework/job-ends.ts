// What: tells a job that its worker wants it to end, and that its worker has died.
// Why: the framework closes the session right after the request, but waits for the entry function, which leaves time to say
// goodbye. An orphaned job would talk for another 15 s, while a replacement agent joins within two.
// Upstream: none reported. `JobContext` would need an event before the session is closed.

/**
 * @param on.asked called when the worker wants the job to end
 * @param on.orphaned called when the worker has died
 */
export function onJobEnd(on: { readonly asked: () => void; readonly orphaned: () => void }): void {
  process.on('message', (message: { case?: string }) => {
    if (message?.case === 'shutdownRequest') on.asked();
  });
  process.once('disconnect', on.orphaned);
}
