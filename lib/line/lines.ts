// The lines of this process, one for each agent and deployment, and what who has to wait is answered.
// Several web processes have lines of their own: a caller who is let in by one while another lets in
// somebody else meets a worker that refuses, and is sent for again by the watcher.

import { TICKET_HEADER } from '../call/waiting-line';
import { shownDeployment } from '../deployment';
import { unguessable } from '../dispatch/checks';
import { Problem } from '../problem';
import { liveWorkers } from '../workers';
import { capacity } from './capacity';
import { ask, EMPTY_LINE, type Line, LOST_MS } from './line';

/** Seconds after which to ask again: often enough to miss one answer and keep the place. */
const RETRY_AFTER_S = 2;
/** Longest ticket: longer ones were not made here. */
const TICKET_MAX = 100;

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardLines?: Map<string, Line> };

/** The call that somebody wants. */
interface Wanted {
  /** Agent name. */
  readonly agent: string;
  /** Wire name of the deployment. */
  readonly deployment: string;
  /** Room of the call. */
  readonly room: string;
}

/** The ticket that a request shows, or a new one. */
export function ticketOf({ headers }: Request): string {
  const shown = headers.get(TICKET_HEADER);
  return shown && shown.length <= TICKET_MAX ? shown : unguessable('ticket');
}

/** Whether this ticket holds a place in the line for an agent: who shows it was counted when they came. */
export function isWaiting(
  { agent, deployment }: Omit<Wanted, 'room'>,
  ticket: string,
  now: number,
): boolean {
  const line = shared.callboardLines?.get(JSON.stringify([agent, deployment]));
  return (line?.waiting ?? []).some(
    ({ id, renewedAt }) => id === ticket && now - renewedAt < LOST_MS,
  );
}

/**
 * Lets a caller in whose turn it is. Without a live worker there is nothing to wait for, and no line.
 * @param ticket see {@link ticketOf}
 * @returns when they first asked (milliseconds since 1970)
 * @throws {Problem} 503 with their place in line and the ticket that keeps it
 */
export function waitInLine(
  { agent, deployment, room }: Wanted,
  ticket: string,
  now: number,
): number {
  if (liveWorkers(agent, deployment).length === 0) return now;
  shared.callboardLines ??= new Map();
  const key = JSON.stringify([agent, deployment]);
  const { soon, newRooms } = capacity(agent, deployment);
  const before = shared.callboardLines.get(key) ?? EMPTY_LINE;
  const { line, told } = ask(before, { ticket, room }, { free: soon, newRooms }, now);
  shared.callboardLines.set(key, line);
  if (told.kind === 'admitted') return told.since;
  const busy = `Every place of ${agent} on ${shownDeployment(deployment)} is taken or being made ready`;
  const headers = { 'retry-after': String(RETRY_AFTER_S) };
  if (told.kind === 'full') {
    throw new Problem('agents-busy', `${busy}, and so is every place in line.`, {}, headers);
  }
  throw new Problem(
    'agents-busy',
    `${busy}. Ask again every ${RETRY_AFTER_S} s with this ticket in the header ${TICKET_HEADER}; ` +
      `a place that is not asked for within ${LOST_MS / 1_000} s is given up.`,
    { line: { place: told.place, ticket } },
    headers,
  );
}
