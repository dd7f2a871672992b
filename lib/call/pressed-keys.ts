// Telephone keys in a transcript: keys of one answer are in one line. Pure.

/** Milliseconds without a key after which the answer is complete. Our own choice: people search for the next key. */
export const KEYS_PAUSE_MS = 1_500;
/** The key that completes an answer at once. */
export const KEYS_DONE = '#';

/** Keys of one answer. Times are in milliseconds since the call was connected. */
export interface PressedKeys {
  readonly keys: string;
  /** When the first and the last key were pressed. */
  readonly at: number;
  readonly last: number;
}

/** The answer that a key belongs to: the previous one, or a new one. */
export function withKey(before: PressedKeys | undefined, key: string, at: number): PressedKeys {
  const isNew = !before || before.keys.endsWith(KEYS_DONE) || at - before.last > KEYS_PAUSE_MS;
  return isNew ? { keys: key, at, last: at } : { ...before, keys: before.keys + key, last: at };
}

/** Formatted for reading: "1 #". */
export const spaced = (keys: string): string => [...keys].join(' ');
