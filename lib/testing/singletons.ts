// Looks at, and forgets, what `processSingleton` keeps, without loading the module that made it.

const all = globalThis as typeof globalThis & { [key: symbol]: unknown };
const keyOf = (name: string) => Symbol.for(`callboard.${name}`);

/** What is kept under a name, if anything is. */
export const singleton = <T>(name: string) => all[keyOf(name)] as T | undefined;

/** Forgets what is kept under these names, as a new process would. */
export function forgetSingletons(...names: readonly string[]): void {
  for (const name of names) delete all[keyOf(name)];
}
