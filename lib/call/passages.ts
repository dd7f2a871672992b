// Who came, who went, who was lost and who handed over, as a pure fold of looks into the room: what
// two looks differ by, told once each. Nobody is said to have left who was only out of sight during a
// reconnection.
import { leadOf, type Present, peopleOf } from './present';

/** A line across the transcript. */
export type Divider =
  | { readonly what: 'joined' | 'left' | 'lost' | 'back'; readonly name: string }
  | { readonly what: 'handover'; readonly from: string; readonly to: string }
  | { readonly what: 'moved' | 'again' };

/** A divider as it is told. */
export interface Told {
  /** Number of the line; one told again takes the place of what it said before. */
  readonly id: number;
  readonly divider: Divider;
  /** Identity of the agent that was lost. */
  readonly lost?: string;
}

/** What earlier looks came to. */
export interface Passages {
  readonly present: readonly Present[];
  /** Identities of those who are known to be here. */
  readonly known: ReadonlySet<string>;
  /** Identities of agents whose handing over was told already. */
  readonly handed: ReadonlySet<string>;
  /** Agents said to have left, by identity, with the line that says so: each may have been lost. */
  readonly left: ReadonlyMap<string, { readonly one: Present; readonly id: number }>;
  /** Who is said to have been lost and is not said to be back: what {@link called} gives. */
  readonly missing: ReadonlySet<string>;
  /** The first agent of a call is no news: it was called. */
  readonly agentCame: boolean;
  /** How many lines there are. */
  readonly lines: number;
}

export const NOBODY_YET: Passages = {
  present: [],
  known: new Set(),
  handed: new Set(),
  left: new Map(),
  missing: new Set(),
  agentCame: false,
  lines: 0,
};

/** What an agent and the one that comes in its place have in common. */
const called = ({ agent, name }: Present) => agent ?? name;

/**
 * What is new in a look, and what to keep for the next one.
 * @param anew the room stands anew (first look, or after a reconnection or a move): who is missing
 * may be on the way back, and nobody is said to have left
 * @param lost identities of agents that were lost, whenever that became known
 */
export function pass(
  before: Passages,
  now: readonly Present[],
  anew: boolean,
  lost: ReadonlySet<string>,
): { readonly after: Passages; readonly told: readonly Told[] } {
  const known = new Set(before.known);
  const handed = new Set(before.handed);
  const left = new Map(before.left);
  const missing = new Set(before.missing);
  const told: Told[] = [];
  let { agentCame, lines } = before;
  const here = new Set(now.map(({ identity }) => identity));
  const lead = leadOf(now);
  const people = peopleOf(now);

  const tell = (divider: Divider) => told.push({ id: lines++, divider });
  /** Whether the word went from one that hands over; while it is here, only to one that took it. */
  const handOver = (from: Present, isGone: boolean) => {
    if (!lead || lead.leaving || lead.identity === from.identity) return false;
    if (lead.waiting && !isGone) return false;
    if (from.leaving !== 'handover' || handed.has(from.identity)) return false;
    tell({ what: 'handover', from: from.name, to: lead.name });
    handed.add(from.identity);
    known.add(lead.identity);
    return true;
  };

  for (const gone of anew ? [] : before.present.filter(({ identity }) => !here.has(identity))) {
    const { identity, name } = gone;
    if (!known.delete(identity)) continue;
    const isTold = handed.has(identity) || handOver(gone, true);
    // After its last words the call is over, unless people go on.
    const ends = gone.leaving === 'goodbye' || gone.leaving === 'time-up';
    if (!isTold && !(ends && people.length === 0)) {
      if (gone.kind === 'agent') left.set(identity, { one: gone, id: lines });
      tell({ what: 'left', name });
    }
    handed.delete(identity);
  }
  // In place of that it left: it may be known only now that it did not mean to.
  for (const [identity, { one, id }] of [...left].filter(([identity]) => lost.has(identity))) {
    told.push({ id, divider: { what: 'lost', name: one.name }, lost: identity });
    missing.add(called(one));
    left.delete(identity);
  }
  for (const giver of now) if (giver.kind === 'agent') handOver(giver, false);
  const givesWay = now.some(
    ({ identity, leaving }) => leaving === 'handover' && !handed.has(identity),
  );
  for (const one of now.filter(({ identity }) => !known.has(identity))) {
    if (one.kind === 'agent' && (one.waiting || givesWay)) continue;
    const back = one.kind === 'agent' && missing.delete(called(one));
    const silent = !back && (anew || (one.kind === 'agent' && !agentCame));
    if (!silent) tell({ what: back ? 'back' : 'joined', name: one.name });
    known.add(one.identity);
    agentCame ||= one.kind === 'agent';
  }
  return { after: { present: now, known, handed, left, missing, agentCame, lines }, told };
}
