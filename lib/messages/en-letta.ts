// What people read of the agents of a Letta server.

export const lettaText = {
  /** In place of what an agent says of itself, where it says nothing. */
  summary: 'Remembers you from call to call',
  role: 'Letta',
  unreachable: 'The Letta server does not answer: its agents cannot be called now.',
  refused: 'The Letta server does not accept LETTA_API_KEY: its agents cannot be called now.',
  failed: (status: number) =>
    `The Letta server failed with status ${status}: its agents cannot be called now.`,
  none: 'The Letta server has no agents yet.',
  unknown: (id: string) => `Letta has no agent ${id}.`,
};
