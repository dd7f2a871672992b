// Resolves duplicate agents in one room: LiveKit dispatches a room's agents again when it recreates the room on another
// node, and the agents that were there reconnect as well. All of them see all ranks, so exactly one stays.
import { type Participant, type Room, RoomEvent } from '@livekit/rtc-node';
import { agentsIn, isStaying, milliseconds } from '@/lib/dispatch/presence';
import type { RoomFacts } from '@/lib/dispatch/room-facts';
import { AGENT_ATTRIBUTES, agentNameOf } from '@/lib/livekit/attributes';

/**
 * Decides who stays: the agent dispatched last as a replacement; of two agents of the same round, the first, because it
 * holds the conversation.
 */
interface Rank {
  /** How often an agent of this name was dispatched to replace another. */
  readonly round: number;
  /** When the job was accepted, in milliseconds since 1970 by its worker's clock. */
  readonly at: number;
}

const RANK = /^(\d{1,9})@(\d{1,15})$/;

function readRank(text: string | undefined): Rank | undefined {
  const [, round, at] = RANK.exec(text ?? '') ?? [];
  return round === undefined ? undefined : { round: Number(round), at: Number(at) };
}

/**
 * The rank of a job, as written to its agent's attributes.
 * @param older ranks of the agents of the same name in the room, which this one replaces
 */
export function rankOf(
  older: readonly (string | undefined)[],
  hasHandoffContext: boolean,
  at: number,
): string {
  const rounds = older.map((one) => readRank(one)?.round ?? 0);
  return `${Math.max(hasHandoffContext ? 0 : -1, ...rounds) + 1}@${at}`;
}

/** Milliseconds by which the clocks of workers and LiveKit may differ. Our own choice. */
const CLOCK_SKEW_MS = 1_000;

/**
 * The agent of that name that no dispatch of the room has brought: it reconnects. LiveKit may list the jobs of a dispatch
 * only 5 s later (`CheckEnabledTimeout`), so one without jobs may have brought any agent that accepted its job since.
 */
export function reconnectedAgent(
  { people, dispatches }: RoomFacts,
  name: string,
): Pick<Participant, 'identity'> | undefined {
  const jobs = dispatches.flatMap(({ state }) => state?.jobs ?? []);
  const brought = new Set(jobs.map(({ state }) => state?.participantIdentity));
  const unlisted = dispatches.filter(
    ({ agentName, state }) => agentName === name && (state?.jobs.length ?? 0) === 0,
  );
  const mayHaveBrought = (at: number) =>
    unlisted.some(({ state }) => milliseconds(state?.createdAt ?? 0n) <= at + CLOCK_SKEW_MS);
  return agentsIn(people).find((one) => {
    const { identity, attributes } = one;
    if (agentNameOf(attributes) !== name || !isStaying(one)) return false;
    const rank = readRank(attributes[AGENT_ATTRIBUTES.rank]);
    return !brought.has(identity) && !(rank && mayHaveBrought(rank.at));
  });
}

type Ranked = Pick<Participant, 'identity' | 'attributes'>;

/** Whether another agent stays instead. Agents without a rank run on an older worker and replace nobody. */
export function isOutranked(own: Ranked, others: readonly Ranked[]): boolean {
  const mine = readRank(own.attributes[AGENT_ATTRIBUTES.rank]);
  if (!mine) return false;
  return others.some(({ identity, attributes }) => {
    const rank = readRank(attributes[AGENT_ATTRIBUTES.rank]);
    if (!rank) return false;
    if (rank.round !== mine.round) return rank.round > mine.round;
    // Jobs offered together are accepted in the same millisecond.
    return rank.at === mine.at ? identity < own.identity : rank.at < mine.at;
  });
}

/**
 * Calls `leave` once another agent of the same name that outranks this one joins; returns true if one is already
 * present.
 */
export function watchForDuplicate(room: Room, leave: () => void): boolean {
  const hasToLeave = () => {
    const own = room.localParticipant;
    if (!own) return false;
    const name = agentNameOf(own.attributes);
    const duplicates = [...room.remoteParticipants.values()].filter(
      (one) => agentNameOf(one.attributes) === name && isStaying(one),
    );
    return isOutranked(own, duplicates);
  };
  for (const event of [RoomEvent.ParticipantConnected, RoomEvent.Reconnected] as const) {
    room.on(event, () => {
      if (hasToLeave()) leave();
    });
  }
  return hasToLeave();
}
