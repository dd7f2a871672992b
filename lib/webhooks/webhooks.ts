// What this process does with LiveKit's webhooks: it looks at who joined, keeps the rules, tells the calls, and
// shows people that somebody listens.
import { tellLiveKit } from '../calls/tell/livekit-event';
import { isProbeRoom } from '../doctor/probe-room';
import { sightWebhook } from '../doctor/sightings';
import { lookAtJoined } from '../limits/look-at-joined';
import { showListeners } from '../listener';
import { liveKit } from '../livekit';
import { heard, tellOthers } from '../processes/bus';
import { rulesInForce } from '../rules/in-force';
import { keeperNews, RuleKeeper } from '../rules/rule-keeper';
import { serverConfig } from '../server-config';
import type { RoomEvent } from './event';
import { Intake } from './intake';

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
