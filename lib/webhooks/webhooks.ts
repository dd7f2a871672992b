// What this process does with LiveKit's webhooks: it looks at who joined, keeps the rules, and tells the calls.
import { tellLiveKit } from '../calls/tell/livekit-event';
import { isProbeRoom } from '../doctor/probe-room';
import { sightWebhook } from '../doctor/sightings';
import { lookAtJoined } from '../limits/look-at-joined';
import { liveKit } from '../livekit';
import { heard, tellOthers } from '../processes/bus';
import { rulesInForce } from '../rules/in-force';
import { keeperNews, RuleKeeper } from '../rules/rule-keeper';
import { serverConfig } from '../server-config';
import { Intake } from './intake';

const keeper = new RuleKeeper(
  () => liveKit(serverConfig()),
  rulesInForce,
  (news) => tellOthers('rule-keeper', news),
);
heard('rule-keeper', keeperNews, (news) => keeper.hear(news));

/** The intake of this process. */
export const webhooks = new Intake(
  async (event) => {
    if (isProbeRoom(event.room.name)) return;
    if (await lookAtJoined(liveKit(serverConfig()), event)) return;
    await keeper.take(event);
  },
  (id, event) => sightWebhook(event.name, event.room.name) || tellLiveKit(id, event),
);
