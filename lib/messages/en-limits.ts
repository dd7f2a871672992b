// What a caller reads where a call may not begin because of how many there are.

/** By the kind of the problem that the server answers with; `minutes` is from Retry-After, 1 at least. */
export const limitWords: Record<
  'too-many-calls' | 'in-another-call' | 'day-used-up',
  (minutes: number) => string
> = {
  'too-many-calls': (minutes) =>
    `There are too many calls at the moment. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  'in-another-call': () =>
    'You are in a call already, in another window or on another device. Hang up there first; a dropped call ends automatically within half a minute.',
  'day-used-up': () => 'No more calls can be taken today. Try again tomorrow.',
};
