// What this process does with LiveKit's webhooks: it looks at who joined, keeps the rules, tells the calls, and
// shows people that somebody listens.
import { tellLiveKit } from '@/lib/calls/tell/livekit-event';
import type { RoomEvent } from '@/lib/calls/webhooks/event';
import { Intake } from '@/lib/calls/webhooks/intake';
import { heard, tellOthers } from '@/lib/cluster/pubsub';
import { serverConfig } from '@/lib/core/server-config';
import { lookAtJoined } from '@/lib/dispatch/limits/look-at-joined';
import { showListeners } from '@/lib/dispatch/listener';
import { sightWebhook } from '@/lib/doctor/sightings';
import { liveKit } from '@/lib/livekit/clients';
import { isProbeRoom } from '@/lib/livekit/probe-room';
import { rulesInForce } from '@/lib/rules/in-force';
import { keeperNews, RuleKeeper } from '@/lib/rules/rule-keeper';

const keeper = new RuleKeeper(
  () => liveKit(serverConfig()),
  rulesInForce,
  (news) => tellOthers('rule-keeper', news),
);
heard('rule-keeper', keeperNews, (news) => keeper.hear(news));

/** Shows listeners where they changed, and to whoever joins. */
async function show({ name, room, person }: RoomEvent): Promise<void> {
  const config = serverConfig();
  const joins = name === 'participant_joined' && person?.kind === 'standard';
  if (config.LISTEN_IN === 'hidden' || !(joins || name === 'listeners_changed')) return;
  await showListeners(liveKit(config), room.name);
}

/** The intake of this process. */
export const webhooks = new Intake(
  async (event) => {
    if (isProbeRoom(event.room.name)) return;
    if (await lookAtJoined(liveKit(serverConfig()), event)) return;
    if (event.name !== 'listeners_changed') await keeper.take(event);
    await show(event);
  },
  (id, event) =>
    event.name === 'listeners_changed' ||
    sightWebhook(event.name, event.room.name) ||
    tellLiveKit(id, event),
);
