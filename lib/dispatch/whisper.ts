// Whispers: somebody who watches a call tells its agents something that the caller does not hear.

import { callOfPeople } from '@/lib/calls/call-id';
import { addEvent } from '@/lib/calls/ingest/add-event';
import type { CallsServer } from '@/lib/calls/server';
import { Problem } from '@/lib/core/problem';
import { agentsIn, isStaying } from '@/lib/dispatch/presence';
import { requireLiveRoom } from '@/lib/dispatch/room-facts';
import { writeWhisper } from '@/lib/dispatch/signed-whisper';
import { isFromOtherWorker, WHISPER_TOPIC } from '@/lib/livekit/attributes';
import { callLiveKit } from '@/lib/livekit/clients';

/** `livekit.DataPacket.Kind.RELIABLE`, which the SDK exports as a type only. */
const RELIABLE = 0;

/**
 * Sends a note to the agents in a room, and stores it as an event.
 * @param by name of the sender, for the timeline
 * @param secret `LIVEKIT_API_SECRET`, which signs it
 * @throws {Problem} 404 if the room is not live, 409 if no agent is there that can receive it, 503 if LiveKit does not respond
 */
export async function sendWhisper(
  server: CallsServer,
  room: string,
  text: string,
  by: string,
  secret: string,
): Promise<void> {
  const { livekit } = server;
  await requireLiveRoom(livekit, room);
  const people = await callLiveKit(livekit.rooms.listParticipants(room), []);
  const agents = agentsIn(people).filter(isStaying);
  if (agents.length === 0) {
    throw new Problem('no-agent', 'Wait until an agent has joined the call, and send it again.');
  }
  const able = agents.filter(({ attributes }) => !isFromOtherWorker(attributes));
  if (able.length === 0) {
    throw new Problem(
      'agent-cannot-hear',
      'Its worker does not support notes. Join the call instead.',
    );
  }
  const data = new TextEncoder().encode(writeWhisper(text, { room, secret }));
  const destinationIdentities = able.map(({ identity }) => identity);
  const options = { topic: WHISPER_TOPIC, destinationIdentities };
  await callLiveKit(livekit.rooms.sendData(room, data, RELIABLE, options), undefined);
  addEvent(server, { room, call: callOfPeople(people) }, { kind: 'whisper', by, text });
}
