// Errors of recordings, in English only: they are stored when they happen, for readers of all languages.

export const recordingErrors = {
  /** @param why LiveKit's message */
  egressFailed: (why: string) => `LiveKit’s Egress failed: ${why || 'it gave no reason'}`,
  notStarted: (why: string) =>
    `The call is not recorded: LiveKit did not start its Egress (${why}). It needs the Egress service, ` +
    'and on a server of your own Redis. RECORD_CALLS=on lets the worker record instead.',
  notDeleted:
    'The storage of its recording did not delete it, so the call is kept. Try again in a while.',
} as const;
