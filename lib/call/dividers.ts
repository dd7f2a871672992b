// Who joined, left, was lost or handed off: a pure fold of observations of the room, which reports each difference
// once. Participants who only disappeared during a reconnection are not reported as left.
import { leadOf, type Present, peopleOf, type Who } from '@/lib/call/present';

/** A divider in the transcript. */
export type Divider =
  | {
      readonly what: 'joined' | 'left' | 'lost' | 'back';
      readonly name: string;
      /** Pages of before 0.2 do not send it, but always a name. */
      readonly kind?: Who['kind'] | undefined;
    }
  | { readonly what: 'handoff'; readonly from: string; readonly to: string }
  | { readonly what: 'moved' | 'again' };

/** A reported divider. */
export interface ReportedDivider {
  /** Number of the line; a repeated number replaces the earlier line. */
  readonly id: number;
  readonly divider: Divider;
  /** Identity of the agent that was lost. */
  readonly lost?: string;
}

/** The state after earlier observations. */
export interface DividerState {
  readonly present: readonly Present[];
  /** Identities of the participants known to be here. */
  readonly known: ReadonlySet<string>;
  /** Identities of agents whose handoff was reported. */
  readonly handed: ReadonlySet<string>;
  /** Agents reported as left, by identity, with their line: each may turn out to be lost. */
  readonly left: ReadonlyMap<string, { readonly one: Present; readonly id: number }>;
  /** Lines of agents reported as joined, by identity: each turns into the line of the handoff to it. */
  readonly joined: ReadonlyMap<string, number>;
  /** Agents reported as lost that have not returned, by {@link replacementKey}. */
  readonly missing: ReadonlySet<string>;
  /** The first agent of a call is not reported, because it was called. */
  readonly agentCame: boolean;
  /** Number of lines. */
  readonly lines: number;
}

export const NO_DIVIDERS: DividerState = {
  present: [],
  known: new Set(),
  handed: new Set(),
  left: new Map(),
  joined: new Map(),
  missing: new Set(),
  agentCame: false,
  lines: 0,
};

/** The key that an agent and its replacement share. */
const replacementKey = ({ agent, name }: Present) => agent ?? name;

/**
 * The news of an observation, and the state for the next one.
 * @param isFirst the first observation, or the first after a reconnection or a move: missing participants may be on the
 * way back, so nobody is reported as left
 * @param lost identities of lost agents, whenever that became known
 */
export function nextDividers(
  before: DividerState,
  now: readonly Present[],
  isFirst: boolean,
  lost: ReadonlySet<string>,
): { readonly after: DividerState; readonly dividers: readonly ReportedDivider[] } {
  const known = new Set(before.known);
  const handed = new Set(before.handed);
  const left = new Map(before.left);
  const joined = new Map(before.joined);
  const missing = new Set(before.missing);
  const dividers: ReportedDivider[] = [];
  let { agentCame, lines } = before;
  const here = new Set(now.map(({ identity }) => identity));
  const lead = leadOf(now);
  const people = peopleOf(now);
  const isAlone = now.length - people.length === 1;

  const report = (divider: Divider) => dividers.push({ id: lines++, divider });
  /** Whether the active agent has waited for another one to leave. */
  const waited = [...before.present, ...now].some(
    ({ identity, waiting }) => waiting && identity === lead?.identity,
  );
  /**
   * Reports a handoff: the leaving agent says so, or another one has waited for it and takes over. While the leaving agent is
   * still here, only to an agent that has taken over.
   */
  const handOff = (from: Present, isGone: boolean) => {
    if (!lead || lead.leaving || lead.identity === from.identity) return false;
    if (lead.waiting && !isGone) return false;
    const leaves = (isGone || from.leaving !== undefined) && !lost.has(from.identity);
    const isHandoff = from.leaving === 'handoff' || (waited && leaves);
    if (from.kind !== 'agent' || !isHandoff || handed.has(from.identity)) return false;
    const id = joined.get(lead.identity) ?? lines++;
    dividers.push({ id, divider: { what: 'handoff', from: from.name, to: lead.name } });
    handed.add(from.identity);
    known.add(lead.identity);
    return true;
  };

  for (const gone of isFirst ? [] : before.present.filter(({ identity }) => !here.has(identity))) {
    const { identity, name, kind } = gone;
    if (!known.delete(identity)) continue;
    const isReported = handed.has(identity) || handOff(gone, true);
    // After its goodbye the call ends, unless other people stay.
    const ends = gone.leaving === 'goodbye' || gone.leaving === 'time-up';
    if (!isReported && !(ends && people.length === 0)) {
      if (gone.kind === 'agent') left.set(identity, { one: gone, id: lines });
      report({ what: 'left', name, kind });
    }
    handed.delete(identity);
  }
  // Replaces the line that it left, because only now is it known to be lost.
  for (const [identity, { one, id }] of [...left].filter(([identity]) => lost.has(identity))) {
    const { name, kind } = one;
    dividers.push({ id, divider: { what: 'lost', name, kind }, lost: identity });
    missing.add(replacementKey(one));
    left.delete(identity);
  }
  for (const giver of now) if (giver.kind === 'agent') handOff(giver, false);
  const givesWay = now.some(
    ({ identity, leaving }) => leaving === 'handoff' && !handed.has(identity),
  );
  for (const one of now.filter(({ identity }) => !known.has(identity))) {
    if (one.kind === 'agent' && (one.waiting || givesWay)) continue;
    // LiveKit tells of an agent without tracks up to three seconds late: the one that it waited for may be gone by then.
    const [identity, giver] = (one.waited && isAlone && [...left].at(-1)) || [];
    if (giver && identity !== undefined) {
      dividers.push({
        id: giver.id,
        divider: { what: 'handoff', from: giver.one.name, to: one.name },
      });
      left.delete(identity);
      known.add(one.identity);
      continue;
    }
    const back = one.kind === 'agent' && missing.delete(replacementKey(one));
    const silent = !back && (isFirst || (one.kind === 'agent' && !agentCame));
    if (!silent && !back && one.kind === 'agent') joined.set(one.identity, lines);
    if (!silent) report({ what: back ? 'back' : 'joined', name: one.name, kind: one.kind });
    known.add(one.identity);
    agentCame ||= one.kind === 'agent';
  }
  return {
    after: { present: now, known, handed, left, missing, joined, agentCame, lines },
    dividers,
  };
}
