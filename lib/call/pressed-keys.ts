// Keys of a telephone as a transcript shows them: those that make one answer stand in one line. Pure.

/** Milliseconds without a key after which the answer is whole. Our own choice: people look for the next. */
export const KEYS_PAUSE_MS = 1_500;
/** The key that ends an answer at once. */
export const KEYS_DONE = '#';

/** Keys of one answer. Times are milliseconds since the call was connected. */
export interface PressedKeys {
  readonly keys: string;
  /** When the first was pressed, and the last. */
  readonly at: number;
  readonly last: number;
}

/** The answer that a key belongs to: the one before, or a new one. */
export function withKey(before: PressedKeys | undefined, key: string, at: number): PressedKeys {
  const isNew = !before || before.keys.endsWith(KEYS_DONE) || at - before.last > KEYS_PAUSE_MS;
  return isNew ? { keys: key, at, last: at } : { ...before, keys: before.keys + key, last: at };
}

/** As they are read: "1 #". */
export const spaced = (keys: string): string => [...keys].join(' ');
