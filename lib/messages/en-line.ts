// What is said to a caller who waits in line because all agents are busy.

/** How many stand before who has this place, from 1. */
const before = (place: number) => {
  const count = place - 1;
  if (count === 0) return 'You are next';
  return count === 1 ? '1 person is ahead of you' : `${count} people are ahead of you`;
};

export const line = {
  label: 'Your position in the queue',
  /** Under the number of the place. */
  unit: 'in the queue',
  before,
  body: (person: string) =>
    `You are connected to ${person} automatically when it is your turn. Keep this page open.`,
  leave: 'Leave the queue',
} as const;
