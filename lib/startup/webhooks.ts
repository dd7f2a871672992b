// Handles LiveKit's webhooks: checks who joined, applies rules, records calls, and shows listeners.
import { recordLiveKitEvent } from '@/lib/calls/ingest/livekit-event';
import type { RoomEvent } from '@/lib/calls/webhooks/event';
import { Intake } from '@/lib/calls/webhooks/intake';
import { publish, subscribe } from '@/lib/cluster/pubsub';
import { serverConfig } from '@/lib/core/server-config';
import { checkJoined } from '@/lib/dispatch/limits/check-joined';
import { showListeners } from '@/lib/dispatch/listener';
import { recordWebhook } from '@/lib/doctor/recent-activity';
import { liveKit } from '@/lib/livekit/clients';
import { isProbeRoom } from '@/lib/livekit/probe-room';
import { activeRules } from '@/lib/rules/active-rules';
import { RuleEngine, ruleNews } from '@/lib/rules/rule-engine';

const ruleEngine = new RuleEngine(
  () => liveKit(serverConfig()),
  activeRules,
  (news) => publish('rule-keeper', news),
);
subscribe('rule-keeper', ruleNews, (news) => ruleEngine.receive(news));

/** Shows listeners when they change, and to participants who join. */
async function show({ name, room, person }: RoomEvent): Promise<void> {
  const config = serverConfig();
  const joins = name === 'participant_joined' && person?.kind === 'standard';
  if (config.LISTEN_IN === 'hidden' || !(joins || name === 'listeners_changed')) return;
  await showListeners(liveKit(config), room.name, joins ? undefined : 'changed');
}

/** The webhook intake of this process. */
export const webhooks = new Intake(
  async (event) => {
    if (isProbeRoom(event.room.name)) return;
    if (await checkJoined(liveKit(serverConfig()), event)) return;
    if (event.name !== 'listeners_changed') await ruleEngine.take(event);
    await show(event);
  },
  (id, event) =>
    event.name === 'listeners_changed' ||
    recordWebhook(event.name, event.room.name) ||
    recordLiveKitEvent(id, event),
);
