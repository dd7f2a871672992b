// An agent calls a telephone. It waits in a new room while LiveKit SIP dials, and is silent until somebody answers. If
// nobody does, the call has the reason, and the room is closed.
import { SipClient } from 'livekit-server-sdk';
import { recordEvent } from '@/lib/calls/ingest/record-event';
import type { Config } from '@/lib/core/config';
import { unguessable } from '@/lib/core/ids';
import { Problem } from '@/lib/core/problem';
import { redact } from '@/lib/core/redact';
import type { CheckedAgent } from '@/lib/dispatch/checks';
import { requireLiveWorker } from '@/lib/dispatch/live-worker';
import { openRoom } from '@/lib/dispatch/open-room';
import { asked, type LiveKit, type LiveKitServer } from '@/lib/livekit/clients';
import { unreached } from './outcome';

/** Seconds of ringing. Our own choice: later a mailbox answers. */
const RING_S = 30;

/** LiveKit's SIP client; creating it sends no request. */
const sipClient = (server: LiveKitServer) =>
  new SipClient(server.LIVEKIT_URL, server.LIVEKIT_API_KEY, server.LIVEKIT_API_SECRET);

/** A started call. */
interface CallingOut {
  readonly room: string;
  readonly agent: string;
  /** As shown. */
  readonly deployment: string;
  readonly to: string;
}

/**
 * Has an agent call a number. Returns while it is being dialled; the result is in the call's events.
 * @param to as returned by `checkedNumber`
 * @throws {Problem} 503 if no trunk is set or LiveKit does not respond, 409 if no worker is live
 */
export async function callOut(
  config: Config,
  livekit: LiveKit,
  { agent, to, by }: { agent: CheckedAgent; to: string; by: 'page' | 'api' },
): Promise<CallingOut> {
  const trunk = config.SIP_OUTBOUND_TRUNK;
  if (!trunk) {
    const setting = 'SIP_OUTBOUND_TRUNK is not set: the id of an outbound trunk of LiveKit SIP';
    throw new Problem('not-configured', `${setting}.`, { settings: [setting] });
  }
  requireLiveWorker(agent);
  const room = unguessable('phone');
  const opened = await openRoom(livekit, { name: room, agents: [agent] }, by);
  if (!opened) throw new Problem('room-exists', 'Try to call again.');
  const where = { room, roomSid: opened.room.sid };
  void dial(config, livekit, where, { trunk, to });
  return { room, agent: agent.name, deployment: agent.deployment, to };
}

/** Dials, and resolves when somebody answered or nobody will. Never throws. */
async function dial(
  config: Config,
  livekit: LiveKit,
  where: { readonly room: string; readonly roomSid: string },
  { trunk, to }: { trunk: string; to: string },
): Promise<void> {
  try {
    await sipClient(config).createSipParticipant(trunk, to, where.room, {
      participantIdentity: unguessable('phone'),
      participantName: to,
      ringingTimeout: RING_S,
      waitUntilAnswered: true,
    });
  } catch (error) {
    const { why, reason } = unreached(error);
    recordEvent(where, { kind: 'ended', why, reason: reason && redact(reason) });
    await asked(livekit.rooms.deleteRoom(where.room), undefined).catch((failed: unknown) =>
      console.error(redact(`telephone: could not close a room: ${failed}`)),
    );
  }
}
