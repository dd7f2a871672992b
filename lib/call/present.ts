// Who else is in the room, and which agent is active. Pure: derives the stage from LiveKit's participants.
import type { Leaving } from '@/lib/livekit/end-reason';

/** What a participant is. Colleagues were invited, and callers were not. */
export const KINDS = ['agent', 'caller', 'colleague'] as const;

/** Somebody in a call, as pages name them. */
export interface Who {
  readonly kind: (typeof KINDS)[number];
  /** Display name; empty without one. */
  readonly name: string;
  /** The role of an agent in a word or two, as the catalogue has it: "front desk". */
  readonly role: string;
}

/** A participant as observed. Lost agents are excluded, even if LiveKit still lists them. */
export interface Present extends Who {
  readonly identity: string;
  /** Agent name as in the catalogue, and deployment as shown, as the agent reports them. */
  readonly agent: string | undefined;
  readonly deployment: string | undefined;
  /** Whether it waits while another agent is active. */
  readonly waiting: boolean;
  /** Whether it has waited, and taken over. */
  readonly waited: boolean;
  /** Its reason for leaving. */
  readonly leaving: Leaving | undefined;
  /** When it joined, in milliseconds since 1970. */
  readonly joinedAt: number;
  /** Whether LiveKit detects its voice now. */
  readonly speaking: boolean;
}

/** How far an agent is from being active: 0 is active, 1 is leaving, 2 waits. */
const distance = ({ waiting, leaving }: Present) => (waiting ? 2 : leaving ? 1 : 0);

/**
 * The active agent: of those that neither wait nor leave, the last that joined; otherwise a leaving agent before a
 * waiting one.
 */
export function leadOf(present: readonly Present[]): Present | undefined {
  // LiveKit's join times are in seconds: within the same second, the one listed later counts.
  return present
    .filter(({ kind }) => kind === 'agent')
    .reverse()
    .sort((a, b) => distance(a) - distance(b) || b.joinedAt - a.joinedAt)[0];
}

/** The people among the participants. */
export const peopleOf = (present: readonly Present[]) =>
  present.filter(({ kind }) => kind !== 'agent');

/** Who is on the stage, and the other participants. */
export interface Participants {
  readonly stage: readonly Who[];
  readonly others: readonly (Who & Pick<Present, 'identity' | 'speaking'>)[];
}

const whoOf = ({ kind, name, role }: Who): Who => ({ kind, name, role });

/**
 * Who is on the stage: the active agent; without one, the people; or `expected` while it is awaited or nobody is left.
 */
export function participantsOf(
  present: readonly Present[],
  expected: Who | undefined,
  waitingForIt: boolean,
): Participants {
  const lead = leadOf(present);
  const people = peopleOf(present);
  const onStage = lead ? [lead] : waitingForIt && expected ? [] : people;
  return {
    stage: onStage.length > 0 ? onStage.map(whoOf) : expected ? [expected] : [],
    others: present
      .filter((one) => !onStage.includes(one))
      .map((one) => ({ ...whoOf(one), identity: one.identity, speaking: one.speaking })),
  };
}
