// What is said to a caller who waits in line because all agents are busy.

/** How many stand before who has this place, from 1. */
const before = (place: number) => {
  const count = place - 1;
  if (count === 0) return 'You are next';
  return count === 1 ? '1 person is before you' : `${count} people are before you`;
};

export const line = {
  label: 'Your place in line',
  /** Under the number of the place. */
  unit: 'in line',
  before,
  body: (person: string) =>
    `You are put through to ${person} as soon as it is your turn. Keep this page open.`,
  leave: 'Leave the line',
} as const;
