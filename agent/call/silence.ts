// Whether an agent that stays with a colleague may answer: only when it is called by name.
/** An agent's silence: off until a colleague joins. */
export interface Silence {
  /** Turns silence on or off. */
  keep(silent: boolean): void;
  /** Whether the agent is silent. */
  readonly kept: boolean;
  /** Whether the agent may answer this message. */
  mayAnswer(heard: string): boolean;
}

/** Creates the silence of an agent named `person`. */
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
