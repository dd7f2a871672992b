// What the page of simulations still reads; the messages of calls are in `calls.json`.
export const callsText = {
  away: {
    title: 'Calls could not be loaded',
    body: 'Calls in progress are not affected.',
    again: 'Try again',
  },
} as const;
