// Handles LiveKit's webhooks: checks who joined, lets features handle them, stores events of calls, and shows listeners.
import { addLiveKitEvent } from '@/lib/calls/ingest/livekit-event';
import { recordWebhook } from '@/lib/calls/ingest/recent-activity';
import type { RoomEvent } from '@/lib/calls/webhooks/event';
import { Intake } from '@/lib/calls/webhooks/intake';
import { logError } from '@/lib/core/log';
import { checkJoined } from '@/lib/dispatch/limits/check-joined';
import { showListeners } from '@/lib/dispatch/listener';
import { addOtherDispatch } from '@/lib/dispatch/other-dispatch';
import { liveFacts } from '@/lib/dispatch/room-facts';
import type { DispatchServer } from '@/lib/dispatch/server';
import { applyTakeover } from '@/lib/dispatch/takeover';
import { isProbeRoom } from '@/lib/livekit/probe-room';

/** Shows listeners when they change, and to participants who join. */
async function show(server: DispatchServer, { name, room, person }: RoomEvent): Promise<void> {
  const joins = name === 'participant_joined' && person?.kind === 'standard';
  if (server.config.LISTEN_IN === 'hidden' || !(joins || name === 'listeners_changed')) return;
  await showListeners(server, room.name, joins ? undefined : 'changed');
}

/** The webhook intake of a process. */
export function newWebhooks(server: DispatchServer): Intake {
  return new Intake(
    async (event) => {
      if (isProbeRoom(event.room.name)) return;
      if (await checkJoined(server, event)) return;
      const facts = liveFacts(server.livekit, event.room);
      await addOtherDispatch(server, event, facts).catch((error) =>
        logError('could not find out who dispatched an agent', error),
      );
      await applyTakeover(server, event, facts).catch((error) =>
        logError('could not apply the takeover by a colleague', error),
      );
      if (event.name !== 'listeners_changed') {
        for (const one of server.features) await one.handleRoomEvent?.(server, event);
      }
      await show(server, event);
    },
    (id, event) =>
      event.name === 'listeners_changed' ||
      recordWebhook(server, event.name, event.room.name) ||
      addLiveKitEvent(server, id, event),
  );
}
