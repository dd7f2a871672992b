// What people read who listen to a live call, in English.

export const listenText = {
  start: 'Listen in',
  startOf: (who: string) => `Listen in: ${who}`,
  stop: 'Stop listening',
  stopOf: (who: string) => `Stop listening: ${who}`,
  /** What the people in the call learn. */
  hint: (shown: boolean) =>
    shown
      ? 'People in the call see that somebody is listening.'
      : 'Nobody is notified automatically. Check that you are allowed to listen.',
  hintFor: (action: string, shown: boolean) =>
    shown
      ? `${action}: people in the call see that somebody is listening.`
      : `${action}: nobody is notified automatically. Check that you are allowed to listen.`,
  connecting: 'Connecting…',
  on: 'You are listening.',
  nobody: 'This call is empty.',
  lost: 'Connection lost. The call may still be in progress: listen in again.',
  failed: 'You cannot listen to this call now',
} as const;
