// What people read who listen to a live call, in English.

export const listenText = {
  start: 'Listen in',
  startOf: (who: string) => `Listen in: ${who}`,
  stop: 'Stop listening',
  stopOf: (who: string) => `Stop listening: ${who}`,
  hint: 'Nobody in the call is told. Make sure that you may.',
  hintFor: (action: string) => `${action}: nobody in the call is told. Make sure that you may.`,
  connecting: 'Connecting…',
  on: 'You are listening. Nobody in the call is told.',
  nobody: 'Nobody is in this call now.',
  lost: 'The connection was lost. The call may go on: listen in again.',
  failed: 'You cannot listen to this call now',
} as const;
