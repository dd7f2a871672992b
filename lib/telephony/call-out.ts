// An agent calls a telephone. It waits in a new room while LiveKit SIP dials, and is silent until somebody answers. If
// nobody does, the call has the reason, and the room is closed.

import { ServerError, SipCallError, SipClient } from 'livekit-server-sdk';
import { addEvent } from '@/lib/calls/ingest/add-event';
import type { CallsServer } from '@/lib/calls/server';
import { unguessable } from '@/lib/core/ids';
import { logError } from '@/lib/core/log';
import { Problem, pointer } from '@/lib/core/problem';
import { redact } from '@/lib/core/redact';
import { wrong } from '@/lib/dispatch/checks';
import { requireLiveWorker } from '@/lib/dispatch/dispatch-agent';
import { openRoom } from '@/lib/dispatch/open-room';
import { callLiveKit, type LiveKitServer } from '@/lib/livekit/clients';
import type { AgentToDispatch } from '@/lib/livekit/dispatch';
import type { EndReason } from '@/lib/livekit/end-reason';

/** Seconds of ringing. Our own choice: later a mailbox answers. */
const RING_S = 30;

/** LiveKit's SIP client; creating it sends no request. */
const sipClient = (server: LiveKitServer) =>
  new SipClient(server.LIVEKIT_URL, server.LIVEKIT_API_KEY, server.LIVEKIT_API_SECRET);

/**
 * Has an agent call a number. Returns while it is being dialled; the result is in the call's events.
 * @param to as returned by `checkedNumber`
 * @throws {Problem} 503 if no trunk is set or LiveKit does not respond, 409 if no worker is live
 */
export async function callOut(
  server: CallsServer,
  { agent, to, by }: { agent: AgentToDispatch; to: string; by: 'page' | 'api' },
) {
  const trunk = server.config.LIVEKIT_SIP_OUTBOUND_TRUNK;
  if (!trunk) {
    const setting =
      'LIVEKIT_SIP_OUTBOUND_TRUNK is not set: the id of an outbound trunk of LiveKit SIP';
    throw new Problem('not-configured', `${setting}.`, { settings: [setting] });
  }
  requireLiveWorker(server, agent);
  const room = unguessable('phone');
  const opened = await openRoom(server, { name: room, agents: [agent] }, by);
  if (!opened) throw new Problem('room-exists', 'Try to call again.');
  const where = { room, roomSid: opened.room.sid };
  void dial(server, where, { trunk, to });
  // `agent` is the name of before 0.2, for one release.
  return { room, agent_name: agent.name, agent: agent.name, deployment: agent.deployment, to };
}

/** Dials, and resolves when somebody answered or nobody will. Never throws. */
async function dial(
  server: CallsServer,
  where: { readonly room: string; readonly roomSid: string },
  { trunk, to }: { trunk: string; to: string },
): Promise<void> {
  try {
    await sipClient(server.config).createSipParticipant(trunk, to, where.room, {
      participantIdentity: unguessable('phone'),
      participantName: to,
      ringingTimeout: RING_S,
      waitUntilAnswered: true,
    });
  } catch (error) {
    const { why, reason } = unreached(error);
    addEvent(server, where, { kind: 'ended', why, reason: reason && redact(reason) });
    await callLiveKit(server.livekit.rooms.deleteRoom(where.room), undefined).catch(
      (failed: unknown) => logError('telephone: could not close a room', failed),
    );
  }
}

/** By SIP status (RFC 3261, 21). */
const BY_STATUS: Readonly<Record<number, EndReason>> = {
  403: 'declined',
  404: 'no-such-number',
  408: 'no-answer',
  410: 'no-such-number',
  480: 'no-answer',
  482: 'loop',
  483: 'loop',
  484: 'no-such-number',
  486: 'busy',
  487: 'no-answer',
  600: 'busy',
  603: 'declined',
  604: 'no-such-number',
};

/** The result of a dialled number, and an error text if it is unusual. */
export function unreached(error: unknown): { why: EndReason; reason?: string } {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof SipCallError) {
    const why = BY_STATUS[error.sipStatusCode ?? 0];
    return why ? { why } : { why: 'line-failed', reason };
  }
  // It rang until the timeout.
  const rang = error instanceof ServerError && error.code === 'deadline_exceeded';
  return rang ? { why: 'no-answer' } : { why: 'line-failed', reason };
}

/** E.164: at most 15 digits after the plus. */
const E164 = /^\+[1-9]\d{6,14}$/;
/** Separators that people write between digits. */
const BETWEEN = /[\s().\-/]/g;

/**
 * The number without separators.
 * @throws {Problem} 422 if it does not start with a plus and a country code
 */
export function checkedNumber(to: string): string {
  const number = to.replaceAll(BETWEEN, '');
  if (E164.test(number)) return number;
  throw wrong('out-of-bounds', pointer('to'), 'must be a telephone number such as +441632960123');
}
