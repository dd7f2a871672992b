// Who is in the room besides this page, and which agent has the word. Pure: what LiveKit knows of
// everybody comes in, and who the stage is about comes out.
import type { Leaving } from '@/lib/livekit/attributes';

/** Somebody in the room, as observed; an agent that is lost does not count, though LiveKit still shows it. */
export interface Present {
  readonly identity: string;
  readonly kind: 'agent' | 'person';
  /** The name to show, never empty. */
  readonly name: string;
  /** What they are, in a word or two: "front desk", "colleague". */
  readonly role: string;
  /** Agent name, as in the catalogue, and deployment, as shown: what an agent says of itself. */
  readonly agent: string | undefined;
  readonly deployment: string | undefined;
  /** It is here, but another agent still has the word. */
  readonly waiting: boolean;
  /** Why it said that it leaves. */
  readonly leaving: Leaving | undefined;
  /** When it joined, milliseconds since 1970. */
  readonly joinedAt: number;
  /** LiveKit hears a voice from it right now. */
  readonly speaking: boolean;
}

/** How far an agent is from having the word: 0 has it, 1 is about to give it away, 2 waits for it. */
const distance = ({ waiting, leaving }: Present) => (waiting ? 2 : leaving ? 1 : 0);

/**
 * The agent that has the word: of those that neither wait nor leave the one that came last; else
 * whoever is left, one that leaves before one that waits.
 */
export function leadOf(present: readonly Present[]): Present | undefined {
  // LiveKit says to the second who came when: of two in the same one, the one it showed us later.
  return present
    .filter(({ kind }) => kind === 'agent')
    .reverse()
    .sort((a, b) => distance(a) - distance(b) || b.joinedAt - a.joinedAt)[0];
}

/** The people among them. */
export const peopleOf = (present: readonly Present[]) =>
  present.filter(({ kind }) => kind === 'person');

/** Whom the stage is about, and who else is there. */
export interface Cast {
  readonly stage: { readonly name: string; readonly role: string };
  readonly others: readonly Pick<Present, 'identity' | 'name' | 'role' | 'speaking'>[];
}

/**
 * Who stands on the stage: the agent with the word; the people where no agent is there; and
 * `expected` while it is being waited for, or where nobody is left.
 */
export function castOf(
  present: readonly Present[],
  expected: { readonly name: string; readonly role: string } | undefined,
  waitingForIt: boolean,
): Cast {
  const lead = leadOf(present);
  const people = peopleOf(present);
  const onStage = lead ? [lead] : waitingForIt && expected ? [] : people;
  const name = onStage.map((one) => one.name).join(', ');
  const role = [...new Set(onStage.map((one) => one.role))].join(', ');
  return {
    stage: onStage.length > 0 ? { name, role } : (expected ?? { name: '', role: '' }),
    others: present
      .filter((one) => !onStage.includes(one))
      .map(({ identity, name, role, speaking }) => ({ identity, name, role, speaking })),
  };
}
