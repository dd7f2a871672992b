// What the page draws of a call: one value, replaced as a whole whenever something of it changes.
import type { EndReason } from '@/lib/call/end-reason';
import type { JoinState } from '@/lib/call/join-state';
import type { Line } from '@/lib/call/line';
import type { Cast } from '@/lib/call/present';

/** An agent that is spoken of, also when it is not there: the last with the word, or who was called. */
export interface SpokenOf {
  /** The name it goes by. */
  readonly person: string;
  readonly role: string;
  /** Agent name and shown deployment, to call it back with. */
  readonly agent: string;
  readonly deployment: string;
}

/** Times are `Date.now()`. */
export interface CallSnapshot {
  readonly join: JoinState;
  readonly connectedAt: number | undefined;
  /** When the call began that this page was connected to: lines and the timer count from there. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** Set once the call is over; `detail` is the server's own sentence, if it gave one. */
  readonly end: { readonly reason: EndReason; readonly detail: string } | undefined;
  readonly lines: readonly Line[];
  readonly soundBlocked: boolean;
  /** Deployment the agent reported, kept after it is gone. */
  readonly reported: string | undefined;
  /** An agent records the sound. */
  readonly recorded: boolean;
  /** Somebody listens whom nobody sees. */
  readonly monitored: boolean;
  /** Who is on the stage, and who else is there. */
  readonly cast: Cast;
  /** How many other people are there. */
  readonly people: number;
  /** Undefined on a colleague's page until an agent was seen. */
  readonly agent: SpokenOf | undefined;
  /** Asking for the agent to come back: under way, or refused with the server's own sentence. */
  readonly callingBack: 'no' | 'asking' | { readonly refused: string };
  /** It was called back and has not come yet. */
  readonly calledBack: boolean;
  /** An agent was in this call. */
  readonly agentCame: boolean;
  /** Place in line, while the caller has to wait for their turn. */
  readonly place: number | undefined;
  /** Name of the room, "" before there is one. */
  readonly room: string;
  /** Id of the call; undefined where nobody in it carries it. */
  readonly id: string | undefined;
}

/** A call before anything has happened, from the first look. */
export const atFirst = ({
  join,
  cast,
  people,
  agent,
}: Pick<CallSnapshot, 'join' | 'cast' | 'people' | 'agent'>): CallSnapshot => ({
  join,
  cast,
  people,
  agent,
  connectedAt: undefined,
  startedAt: undefined,
  endedAt: undefined,
  end: undefined,
  lines: [],
  soundBlocked: false,
  reported: undefined,
  recorded: false,
  monitored: false,
  callingBack: 'no',
  calledBack: false,
  agentCame: false,
  place: undefined,
  room: '',
  id: undefined,
});
