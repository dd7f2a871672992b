// Whether a rule matches an event: all of its conditions must. In patterns, `*` matches any characters, or none. They
// are not based on regular expressions, so that no pattern can take exponential time.
import { currentName, type Kind, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { type Occasion, PEOPLE, type Rule } from '@/lib/rules/rule';

/** The facts that conditions can test. */
export interface Facts {
  readonly when: Occasion;
  /** The room's name. */
  readonly room: string;
  /** Metadata of the room (`room_started`) or the participant; undefined for an anonymous visitor, who could choose it. */
  readonly metadata: string | undefined;
  /** Of the participant. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly kind?: Kind;
}

/** The facts about a participant. Of an anonymous visitor only what this server set, not what they claim. */
export function factsOfPerson(metadata: string, attributes: Readonly<Record<string, string>>) {
  const { anonymous } = PERSON_ATTRIBUTES;
  const agent = attributes[anonymous];
  return agent
    ? { metadata: undefined, attributes: { [anonymous]: agent } }
    : { metadata, attributes };
}

/** Whether the rule is enabled and all its conditions match. */
export function matchesRule({ enabled, when, if: given }: Rule, facts: Facts): boolean {
  if (!enabled || when !== facts.when) return false;
  const fits = (pattern: string | undefined, text: string | undefined) =>
    pattern === undefined || (text !== undefined && matchesPattern(pattern, text));
  const attributes = Object.entries(given.attributes ?? {});
  const kinds = given.kind ?? PEOPLE;
  return (
    fits(given.room, facts.room) &&
    fits(given.metadata, facts.metadata) &&
    attributes.every(([name, pattern]) =>
      fits(pattern, own(facts.attributes, currentName(name))),
    ) &&
    (facts.kind === undefined || kinds.includes(facts.kind))
  );
}

/** An own property, never an inherited one ("constructor"). */
function own(values: Readonly<Record<string, string>> = {}, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Whether the whole `text` matches `pattern`. Case-sensitive. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    // The first match is always right: it leaves the most text for the following pieces.
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
