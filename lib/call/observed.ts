// The observations of a call at one moment, from which the join state is computed. Times are durations until now, so
// that the computation needs no clock.

import type { PageEnd } from '@/lib/call/page-end';
import type { FailoverSignal } from '@/lib/livekit/attributes';
import type { EndReason, Leaving } from '@/lib/livekit/end-reason';

/** The active agent. A lost agent is not active, even if LiveKit still lists it. */
export interface ObservedAgent {
  /** Agent name it reports, as in the catalogue. */
  readonly agent: string | undefined;
  /** Its `lk.agent.state`, undefined until it has one. */
  readonly state: string | undefined;
  /** Milliseconds since it was first seen in the room. */
  readonly hereMs: number;
  /** Whether its audio is subscribed. */
  readonly audible: boolean;
  /** Deployment it reports, as shown. */
  readonly deployment: string | undefined;
  /** Its reason for leaving. */
  readonly leaving: Leaving | undefined;
  /** Milliseconds since its last heartbeat; undefined for an agent that sends none. */
  readonly quietMs: number | undefined;
}

/** How the last agent left. */
export interface Departure {
  /** Its own reason, or LiveKit's. */
  readonly why: EndReason;
  /** Milliseconds since it left. */
  readonly agoMs: number;
}

/** The web process's last signal about a missing agent. */
export interface Replacement {
  readonly kind: FailoverSignal['kind'];
  /** Queue position, from 1, if it is queued. */
  readonly position?: number | undefined;
  /** Milliseconds since the signal. */
  readonly agoMs: number;
}

/** All observations. */
export interface Observed {
  readonly room: 'connecting' | 'connected' | 'reconnecting';
  /** Milliseconds in that room state. Connecting counts from the caller's turn. */
  readonly roomMs: number;
  /** Queue position, from 1, while all agents are busy and there is no room yet. */
  readonly position: number | undefined;
  /** Milliseconds that the caller has waited for an agent since connecting or choosing to keep waiting. */
  readonly waitedMs: number;
  readonly joinTimeoutMs: number;
  readonly online: boolean;
  /** The requested agent and deployment (as shown); undefined for a colleague who joined a call. */
  readonly asked: { readonly agent: string; readonly deployment: string } | undefined;
  /** The deployment (as shown) to which a share redirected this caller. */
  readonly share: string | undefined;
  /** Whether this page is following an agent into another room. */
  readonly moving: 'no' | 'under way' | 'failed';
  /** Other people in the room, and whether one of them is speaking. */
  readonly people: { readonly count: number; readonly speaking: boolean };
  /** Whether an agent was called back and has not joined yet. */
  readonly calledBack: boolean;
  readonly agent: ObservedAgent | undefined;
  /** Whether the agent owes the caller an answer for too long: `unanswered.ts`. */
  readonly unanswered: boolean;
  readonly departure: Departure | undefined;
  /** Whether an agent has been there at any time. */
  readonly agentCame: boolean;
  /** The web process's last signal about a missing agent, until one is there. */
  readonly replacement: Replacement | undefined;
  readonly ended: PageEnd | undefined;
}
