// Reads and removes values of `processSingleton` without importing the module that created them.

const all = globalThis as typeof globalThis & { [key: symbol]: unknown };
const keyOf = (name: string) => Symbol.for(`callboard.${name}`);

/** The value with this name, if there is one. */
export const singleton = <T>(name: string) => all[keyOf(name)] as T | undefined;

/** Removes the values with these names, as in a new process. */
export function forgetSingletons(...names: readonly string[]): void {
  for (const name of names) delete all[keyOf(name)];
}
