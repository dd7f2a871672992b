// Whether an agent that stayed beside a colleague may answer: only who calls it by its name.
/** An agent's silence: off until a colleague comes. */
export interface Silence {
  /** Keeps silent from now on, or no more. */
  keep(silent: boolean): void;
  /** Whether it keeps silent. */
  readonly kept: boolean;
  /** Whether what was said may be answered. */
  mayAnswer(heard: string): boolean;
}

/** Makes the silence of an agent that goes by the name `person`. */
export function makeSilence(person: string): Silence {
  const name = new RegExp(`\\b${person}\\b`, 'i');
  let silent = false;
  return {
    keep(now) {
      silent = now;
    },
    get kept() {
      return silent;
    },
    mayAnswer: (heard) => !silent || name.test(heard),
  };
}
