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
      : 'Nobody in the call is told. Make sure that you may.',
  hintFor: (action: string, shown: boolean) =>
    shown
      ? `${action}: people in the call see that somebody is listening.`
      : `${action}: nobody in the call is told. Make sure that you may.`,
  connecting: 'Connecting…',
  on: 'You are listening.',
  nobody: 'Nobody is in this call now.',
  lost: 'The connection was lost. The call may go on: listen in again.',
  failed: 'You cannot listen to this call now',
} as const;
