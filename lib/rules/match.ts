// Whether a rule matches an event: all of its conditions must.
import { type Kind, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { matchesPattern } from './pattern';
import { type Occasion, PEOPLE, type Rule } from './rule';

/** The facts that conditions can test. */
export interface Facts {
  readonly when: Occasion;
  /** The room's name. */
  readonly room: string;
  /** Metadata of the room (`room_started`) or the participant; undefined for a stranger, who could choose it. */
  readonly metadata: string | undefined;
  /** Of the participant. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly kind?: Kind;
}

/** The facts about a participant. Of a stranger only what this server set, not what they claim. */
export function factsOfPerson(metadata: string, attributes: Readonly<Record<string, string>>) {
  const { stranger } = PERSON_ATTRIBUTES;
  const agent = attributes[stranger];
  return agent
    ? { metadata: undefined, attributes: { [stranger]: agent } }
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
    attributes.every(([name, pattern]) => fits(pattern, own(facts.attributes, name))) &&
    (facts.kind === undefined || kinds.includes(facts.kind))
  );
}

/** An own property, never an inherited one ("constructor"). */
function own(values: Readonly<Record<string, string>> = {}, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
