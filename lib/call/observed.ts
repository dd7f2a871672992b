// What is observed of one call at one moment: all that the join state is made of. Times are how long
// ago, so that what follows from them needs no clock.
import type { Leaving, WatchSignal } from '@/lib/livekit/attributes';
import type { EndReason } from './end-reason';

/** The agent that has the word now; one that is lost has it no more, though LiveKit still shows it. */
export interface ObservedAgent {
  /** Agent name it reports, as in the catalogue. */
  readonly agent: string | undefined;
  /** Its own `lk.agent.state`, undefined until it says one. */
  readonly state: string | undefined;
  /** Milliseconds since it was first seen in the room. */
  readonly hereMs: number;
  /** Whether its voice is subscribed. */
  readonly audible: boolean;
  /** Deployment it reports, as shown. */
  readonly deployment: string | undefined;
  /** Why it said that it leaves. */
  readonly leaving: Leaving | undefined;
  /** Milliseconds since its last sign of life; undefined for an agent that sends no pulse. */
  readonly quietMs: number | undefined;
}

/** How the last agent went: what it said itself, or whether the server took it out. */
export interface Departure {
  readonly leaving: Leaving | undefined;
  readonly removed: boolean;
  /** Milliseconds since then. */
  readonly agoMs: number;
}

/** What the web process said that it does about a missing agent. */
export interface Replacement {
  readonly kind: WatchSignal['kind'];
  /** Place in line, from 1, where it waits for one. */
  readonly place?: number;
  /** Milliseconds since it said so last. */
  readonly agoMs: number;
}

/** All that is observed of one call at one moment. */
export interface Observed {
  readonly room: 'connecting' | 'connected' | 'reconnecting';
  /** Milliseconds in that room state; of connecting, since it was the caller's turn. */
  readonly roomMs: number;
  /** Place in the line, from 1, while all agents are busy and there is no room yet. */
  readonly place: number | undefined;
  /** Milliseconds the caller has waited for an agent since connecting or choosing to keep waiting. */
  readonly waitedMs: number;
  readonly joinTimeoutMs: number;
  readonly online: boolean;
  /** Who was called, and the deployment as shown; undefined where a colleague joined a call. */
  readonly asked: { readonly agent: string; readonly deployment: string } | undefined;
  /** Shown name of the deployment that a share sent this caller to. */
  readonly share: string | undefined;
  /** This page follows an agent into another room. */
  readonly moving: 'no' | 'under way' | 'failed';
  /** Other people in the room, and whether one of them is speaking. */
  readonly people: { readonly count: number; readonly speaking: boolean };
  /** An agent was called back and has not come yet. */
  readonly calledBack: boolean;
  readonly agent: ObservedAgent | undefined;
  readonly departure: Departure | undefined;
  /** An agent was there before, whether or not one is there now. */
  readonly agentCame: boolean;
  /** The last word of the web process on an agent that is missing, until one is there. */
  readonly replacement: Replacement | undefined;
  readonly ended: EndReason | undefined;
}
