// All messages in all languages, and what is in a message in ICU syntax, for tests.
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { Language } from '@/lib/core/language';
import { type Messages, messagesIn, type Namespace } from '@/lib/messages/messages';

/** All subjects. */
export const NAMESPACES = Object.keys(messagesIn('en', {})) as Namespace[];

function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, one]) => leaves(one, `${path}.${key}`));
}

/** The messages of a subject, with their keys: `doctor.states.ok`. */
export const messagesOf = (language: Language, of: keyof Messages): [string, string][] =>
  leaves(messagesIn(language, {})[of], of);

/** What is in a message. */
interface Parts {
  /** Its words, those of all branches of a plural or select. */
  readonly words: string;
  /** The names of its arguments and tags. */
  readonly names: readonly string[];
  /** How deep plurals and selects are nested. */
  readonly depth: number;
}

/** The parts of a message. @throws if it is no valid ICU message: also if a plural or select has no `other` */
export function partsOf(message: string): Parts {
  const words: string[] = [];
  const names = new Set<string>();
  let deepest = 0;
  const visit = (elements: readonly MessageFormatElement[], depth: number): void => {
    deepest = Math.max(deepest, depth);
    for (const element of elements) {
      if (element.type === TYPE.literal) words.push(element.value);
      else if (element.type !== TYPE.pound) names.add(element.value);
      if (element.type === TYPE.select || element.type === TYPE.plural) {
        for (const { value } of Object.values(element.options)) visit(value, depth + 1);
      }
      if (element.type === TYPE.tag) visit(element.children, depth);
    }
  };
  visit(parse(message), 0);
  return { words: words.join(''), names: [...names].sort(), depth: deepest };
}
