// The code of a call where it can be loaded and not run: to run it takes a phone 200 ms in which the page
// answers nobody, and most visitors are still reading.

/** Runs it, once. Not `import`, which would run it as soon as this file is loaded. */
export function liveCode() {
  const {
    CallBadge,
    CallSession,
    CallView,
    InterruptedView,
    interruptedCall,
    prepareConnection,
  }: typeof import('./live') = require('./live');
  return { CallBadge, CallSession, CallView, InterruptedView, interruptedCall, prepareConnection };
}
