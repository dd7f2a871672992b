// Whether a rule holds for what happened: every condition that it gives must.
import { type Kind, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { matchesPattern } from './pattern';
import { type Occasion, PEOPLE, type Rule } from './rule';

/** What a rule can ask about. */
export interface Facts {
  readonly when: Occasion;
  /** The room's name. */
  readonly room: string;
  /** Metadata of the room (`room_started`) or of who joined; undefined for a stranger, who chose it. */
  readonly metadata: string | undefined;
  /** Of who joined. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly kind?: Kind;
}

/** What rules may ask about somebody: of a stranger only what this server wrote, not what they say of themselves. */
export function factsOfPerson(metadata: string, attributes: Readonly<Record<string, string>>) {
  const { stranger } = PERSON_ATTRIBUTES;
  const agent = attributes[stranger];
  return agent
    ? { metadata: undefined, attributes: { [stranger]: agent } }
    : { metadata, attributes };
}

/** Whether the rule is switched on and all that it asks for is so. */
export function holds({ enabled, when, if: given }: Rule, facts: Facts): boolean {
  if (!enabled || when !== facts.when) return false;
  const fits = (pattern: string | undefined, text: string | undefined) =>
    pattern === undefined || (text !== undefined && matchesPattern(pattern, text));
  const attributes = Object.entries(given.attributes ?? {});
  const kinds = given.kind ?? PEOPLE;
  return (
    fits(given.room, facts.room) &&
    fits(given.metadata, facts.metadata) &&
    attributes.every(([name, pattern]) => fits(pattern, own(facts.attributes, name))) &&
    (facts.kind === undefined || kinds.includes(facts.kind))
  );
}

/** A value under its own name, never one that every object has ("constructor"). */
function own(values: Readonly<Record<string, string>> = {}, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
