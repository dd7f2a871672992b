// What is known of a room in which no agent is: gathered by `gather.ts`, judged by `verdict.ts`. Times
// are milliseconds since 1970. What is undefined could not be learnt, which is not the same as "no".
import type { Happening } from '@/lib/calls/event';
import type { Reported } from '@/lib/livekit/workers';
import type { LogFact } from '../server-log';
import type { RefusedReport } from '../sightings';

/** Who was asked for. `deployment` is the wire name; `at`, when that was. */
export interface AskedFor {
  readonly agent: string;
  readonly deployment: string;
  readonly at: number;
}

/** Somebody in the room. */
export interface Present {
  readonly identity: string;
  readonly isAgent: boolean;
  /** Name an agent has in the catalogue, or that it registered. */
  readonly agent: string;
  readonly joinedAt: number;
  /** Whether their media is connected, not only their signalling. */
  readonly active: boolean;
}

/** An agent that was sent for, as LiveKit lists it. */
export interface Sent {
  readonly agent: string;
  /** Wire name. */
  readonly deployment: string;
  readonly at: number;
  readonly jobs: readonly { readonly id: string; readonly at: number; readonly error: string }[];
}

/** The room as LiveKit has it now. */
export interface RoomNow {
  readonly since: number;
  readonly metadata: string;
  readonly people: readonly Present[];
  readonly sent: readonly Sent[];
}

/** Whether the LiveKit server could be asked, and if not, why. */
export type ServerAnswer = 'answers' | 'unreachable' | 'secret' | 'key' | 'clock' | 'other';

/** All that is known. */
export interface Evidence {
  readonly now: number;
  readonly room: string;
  readonly server: ServerAnswer;
  /** The room; undefined where it is not live. */
  readonly live: RoomNow | undefined;
  /** What was told of the call, oldest first; undefined where the database could not be asked. */
  readonly events: readonly { readonly at: number; readonly what: Happening }[] | undefined;
  /** Who was asked for by other means than events: a probe's own knowledge. */
  readonly asked?: AskedFor;
  /** The last report of each worker, also of those that are silent by now. */
  readonly reports: readonly Reported[];
  readonly refused: RefusedReport | undefined;
  /** What the server wrote; undefined where it runs elsewhere. */
  readonly log: readonly LogFact[] | undefined;
  /** Names in the catalogue, with their deployments as shown. */
  readonly catalogue: readonly { readonly name: string; readonly deployments: readonly string[] }[];
  /** When the last webhook came to this process. */
  readonly webhookAt: number | undefined;
}
