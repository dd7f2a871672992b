// What a call achieved. Agents declare their outcomes; Callboard itself knows only a handoff, and none.
import { agents } from '@/lib/core/agents.gen';
import type { InLanguages } from '@/lib/core/language';

/** How an outcome is shown: as a success, without a judgement, or as a failure. */
export const OUTCOME_TONES = ['good', 'neutral', 'bad'] as const;
export type OutcomeTone = (typeof OUTCOME_TONES)[number];

/** An outcome, as an agent declares it. */
export interface Outcome {
  /** Shown in lists, filters and statistics: "appointment booked". */
  readonly label: InLanguages<string>;
  readonly tone: OutcomeTone;
}

/** Outcomes by their names, which are those of the API; the most important first. */
export type Outcomes = Readonly<Record<string, Outcome>>;

export const HANDED_OFF = 'handed off';
/** What an agent's code says with LiveKit's `ctx.tagger`, in LiveKit's words. */
export const SUCCESS = 'success';
export const FAIL = 'fail';
export const NO_OUTCOME = 'none';
/** Its name before 0.2, which is read until the next release, and no longer written. */
const FORMERLY_HANDED_OFF = 'handed over';

/** The name of an outcome in this release. */
export const currentOutcome = (name: string): string =>
  name === FORMERLY_HANDED_OFF ? HANDED_OFF : name;

/** All names with which an outcome may be stored. */
export const outcomeNames = (name: string): readonly string[] =>
  currentOutcome(name) === HANDED_OFF ? [HANDED_OFF, FORMERLY_HANDED_OFF] : [name];

/** Outcomes that no agent declares. */
export const OWN_OUTCOMES: Outcomes = {
  [SUCCESS]: { label: { en: 'success', de: 'Erfolg' }, tone: 'good' },
  [FAIL]: { label: { en: 'failure', de: 'Misserfolg' }, tone: 'bad' },
  [HANDED_OFF]: { label: { en: 'handed off', de: 'übergeben' }, tone: 'good' },
  [NO_OUTCOME]: { label: { en: 'no outcome', de: 'ohne Ergebnis' }, tone: 'neutral' },
};

const declared: readonly { readonly outcomes?: Outcomes }[] = agents;

/** All outcomes by name, the most important first: those of the agents in code, then Callboard's own. */
export const outcomes: ReadonlyMap<string, Outcome> = new Map(
  [...declared.map((agent) => agent.outcomes ?? {}), OWN_OUTCOMES].flatMap(Object.entries),
);
