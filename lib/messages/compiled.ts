// Messages as the built pages have them: compiled on the server, so that browsers load no parser of ICU messages (9 KB) and
// parse none. `next.config.ts` chooses the formatter that goes with them. next-intl's loader would compile them in the build;
// it cannot read JSON that is imported as Node.js wants it, `with { type: 'json' }`.
import { mapValues, once } from 'es-toolkit';
import compile from 'icu-minify/compile';

type Texts = Readonly<Record<string, unknown>>;

const compileAll = (texts: Texts): Texts =>
  mapValues(texts, (one) => (typeof one === 'string' ? compile(one) : compileAll(one as Texts)));

/**
 * Compiles each subject when it is first read.
 * @param messages by subject
 * @returns the same for the compiler of types, which knows the arguments of a message by its text
 */
export function compiled<All extends Readonly<Record<string, Texts>>>(messages: All): All {
  const subjects = mapValues(messages, (texts) => ({
    enumerable: true,
    // As plain objects: React passes no others on to browsers.
    get: once((): Texts => JSON.parse(JSON.stringify(compileAll(texts)))),
  }));
  return Object.defineProperties({}, subjects) as All;
}
