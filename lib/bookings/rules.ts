// The rules of the diary: whose time is taken, and who gets it. Pure, and the only ones there are: the
// database decides by them inside its lock, and so does the desk of the tests.

/** A stretch of a person's day. */
export interface Taken {
  /** ISO date. */
  readonly day: string;
  /** Minutes after midnight. */
  readonly minute: number;
  readonly minutes: number;
  readonly person: string;
}

/** An appointment that holds. */
export interface Held extends Taken {
  readonly reference: string;
  readonly service: string;
  readonly name: string;
}

/** An appointment that somebody wants. */
export interface Wanted extends Omit<Held, 'person' | 'reference'> {
  /** Who was asked for; anybody where it is left out. */
  readonly person?: string;
  /** Who gives it and is in then, the first choice first. */
  readonly people: readonly string[];
  /** Reference of the appointment that this one takes the place of. */
  readonly replaces?: string;
}

/** What the diary says: they have it already, this person is free then, or nobody is. */
export type Decision<H extends Held> =
  | { readonly is: 'theirs'; readonly held: H }
  | { readonly is: 'free'; readonly person: string }
  | { readonly is: 'taken' };

/** Whether two want one person at one time. One that begins as the other ends does not. */
export function overlaps(a: Taken, b: Taken): boolean {
  return (
    a.person === b.person &&
    a.day === b.day &&
    a.minute < b.minute + b.minutes &&
    b.minute < a.minute + a.minutes
  );
}

/** A call that was cut off while booking asks again: it has its appointment already. */
function isTheirs(held: Held, { day, minute, service, name, person }: Wanted): boolean {
  return (
    held.day === day &&
    held.minute === minute &&
    held.service === service &&
    held.name === name &&
    (person === undefined || held.person === person)
  );
}

/**
 * Decides.
 * @param held all that holds on that day, in that diary
 */
export function decide<H extends Held>(held: readonly H[], wanted: Wanted): Decision<H> {
  const theirs = held.find((one) => isTheirs(one, wanted));
  if (theirs) return { is: 'theirs', held: theirs };
  const others = held.filter(({ reference }) => reference !== wanted.replaces);
  const person = wanted.people.find(
    (one) => !others.some((other) => overlaps(other, { ...wanted, person: one })),
  );
  return person === undefined ? { is: 'taken' } : { is: 'free', person };
}
