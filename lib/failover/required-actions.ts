// What a room requires of failover at a moment. Pure; `monitor.ts` acts on the result.
import {
  ACCEPT_TIMEOUT_MS,
  CLOSE_TIMEOUT_MS,
  JOIN_TIMEOUT_MS,
  RECONNECT_TIMEOUT_MS,
  SHARE_TIMEOUT_MS,
  UNREPORTED_TIMEOUT_MS,
} from '@/lib/core/join-timeouts';
import { type AgentState, NOT_BACK, type RoomState } from '@/lib/failover/room-state';

/** An agent that should be in the room but is not. */
export interface Missing {
  readonly kind: 'missing';
  readonly agent: AgentState;
  /** Shown on the call's page. */
  readonly reason: string;
  /** A worker that has already failed to start this agent. */
  readonly avoid: string | undefined;
  /** Where to dispatch it first. */
  readonly deployment: string;
}

/** An action that a room requires. */
export type RequiredAction = Missing | { readonly kind: 'close' };

/** Whether workers of a deployment report. */
export type IsReporting = (agent: string, deployment: string) => boolean;

function missing(
  agent: AgentState,
  peopleSince: number,
  now: number,
  reportsJobs: (agent: string) => boolean,
): Missing[] {
  const { progress, share } = agent;
  const late = (limit: number) => now - progress.since >= limit;
  const deployment = share?.fallback ?? agent.deployment;
  const required = (reason: string, avoid?: string): Missing[] => [
    { kind: 'missing', agent, reason, avoid, deployment },
  ];
  const reports = reportsJobs(agent.agent);
  const isOnItsWay = progress.phase === 'dispatched' || progress.phase === 'assigned';
  const shareTimeout = reports ? SHARE_TIMEOUT_MS : UNREPORTED_TIMEOUT_MS;
  if (share && isOnItsWay && now - Math.max(share.since, peopleSince) >= shareTimeout)
    return required(`it did not join from ${agent.deployment} in time`);
  switch (progress.phase) {
    case 'dispatched':
      if (!reports) return late(UNREPORTED_TIMEOUT_MS) ? required('it did not join') : [];
      return late(ACCEPT_TIMEOUT_MS) ? required('no worker took the job') : [];
    case 'assigned':
      return late(JOIN_TIMEOUT_MS)
        ? required('its worker took the job, and it did not join', progress.worker)
        : [];
    case 'returning':
      return late(RECONNECT_TIMEOUT_MS) ? required(NOT_BACK, progress.worker) : [];
    case 'lost':
      return required(progress.reason);
    case 'joined':
      return [];
    default:
      return progress satisfies never;
  }
}

/** The actions that a room requires at `now` (milliseconds since 1970). Agents are replaced only while people are there. */
export function requiredActions(
  { sid, people, peopleSince, agents, gone, hungUpAt }: RoomState,
  now: number,
  reportsJobs: (agent: string) => boolean,
): RequiredAction[] {
  // Its token has not been used yet.
  if (sid === undefined) return [];
  if (people.size > 0)
    return [...agents.values()].flatMap((agent) => missing(agent, peopleSince, now, reportsJobs));
  // A room that never had an agent is not ours to close.
  const known = agents.size > 0 || gone.size > 0;
  return known && hungUpAt !== undefined && now - hungUpAt >= CLOSE_TIMEOUT_MS
    ? [{ kind: 'close' }]
    : [];
}
