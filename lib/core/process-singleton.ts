// Next.js bundles each route separately, so a module's variables exist once per bundle. State that all routes
// of a process share is kept on `globalThis` instead.

/**
 * Returns a function that gives the same value in every bundle of this process.
 * @param name unique in the product
 * @param make makes the value at its first use
 */
export function processSingleton<T>(name: string, make: () => T): () => T {
  const key = Symbol.for(`callboard.${name}`);
  const all = globalThis as typeof globalThis & { [key: symbol]: T | undefined };
  return () => {
    all[key] ??= make();
    return all[key];
  };
}
