// Two agents of one name in one room: LiveKit sends a room's agents again when it makes the room again on another
// node, and those who were there come back as well. All of them see the ranks of all, so that one stays.
import { type Participant, type Room, RoomEvent } from '@livekit/rtc-node';
import { stays } from '../../lib/dispatch/presence';
import { AGENT_ATTRIBUTES, agentNameOf } from '../../lib/livekit/attributes';

/**
 * Who stays: whoever was sent for last, in the place of those before; of two who were sent for alike, whoever was
 * there first, as the talk is theirs.
 */
interface Rank {
  /** How often an agent of this name was sent for in the place of another. */
  readonly round: number;
  /** When the job was taken, in milliseconds since 1970 by its worker's clock. */
  readonly at: number;
}

const RANK = /^(\d{1,9})@(\d{1,15})$/;

function readRank(text: string | undefined): Rank | undefined {
  const [, round, at] = RANK.exec(text ?? '') ?? [];
  return round === undefined ? undefined : { round: Number(round), at: Number(at) };
}

/** What is known where a job is taken. */
interface Taken {
  /** Ranks of those of the same agent that are in the room, and in whose place it comes. */
  readonly older: readonly (string | undefined)[];
  /** Whether it is known to come in the place of another, or beside one. */
  readonly briefed: boolean;
  readonly at: number;
}

/** The rank of a job, as it stands in the attributes of its agent. */
export function rankOf({ older, briefed, at }: Taken): string {
  const rounds = older.map((one) => readRank(one)?.round ?? 0);
  return `${Math.max(briefed ? 0 : -1, ...rounds) + 1}@${at}`;
}

type Ranked = Pick<Participant, 'identity' | 'attributes'>;

/** Whether one of the others stays instead. Those without a rank are of an older worker, which ends nobody. */
export function isOutdone(own: Ranked, others: readonly Ranked[]): boolean {
  const mine = readRank(own.attributes[AGENT_ATTRIBUTES.rank]);
  if (!mine) return false;
  return others.some(({ identity, attributes }) => {
    const rank = readRank(attributes[AGENT_ATTRIBUTES.rank]);
    if (!rank) return false;
    if (rank.round !== mine.round) return rank.round > mine.round;
    // Two that were offered together are taken in one millisecond.
    return rank.at === mine.at ? identity < own.identity : rank.at < mine.at;
  });
}

/** Tells once another agent of the same name is there that stays instead; true where one is there already. */
export function watchForTwin(room: Room, outdone: () => void): boolean {
  const isOver = () => {
    const own = room.localParticipant;
    if (!own) return false;
    const name = agentNameOf(own.attributes);
    const twins = [...room.remoteParticipants.values()].filter(
      (one) => agentNameOf(one.attributes) === name && stays(one),
    );
    return isOutdone(own, twins);
  };
  for (const event of [RoomEvent.ParticipantConnected, RoomEvent.Reconnected] as const) {
    room.on(event, () => {
      if (isOver()) outdone();
    });
  }
  return isOver();
}
