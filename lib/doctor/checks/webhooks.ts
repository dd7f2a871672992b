// Checks that LiveKit's webhooks arrive: creates a room, waits for its event, and deletes the room.

import { RoomAgentDispatch } from 'livekit-server-sdk';
import {
  lastRefusedWebhook,
  lastWebhookAt,
  webhookReceivedAt,
} from '@/lib/calls/ingest/recent-activity';
import { joinUrl } from '@/lib/core/addresses';
import type { Check } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { waitFor } from '@/lib/core/wait';
import { askServer } from '@/lib/doctor/ask-server';
import { type Found, newCheck, type Time, type Words } from '@/lib/doctor/check';
import { remove } from '@/lib/doctor/probe';
import type { DoctorServer } from '@/lib/doctor/server';
import { NOBODY, newProbeRoom, PROBE_TIMEOUTS } from '@/lib/livekit/probe-room';
import { CLOCK_SECONDS } from '@/lib/livekit/worker-auth';

/** Milliseconds to wait for the webhook: LiveKit retries after 0, 1 and 3 s. */
const WEBHOOK_MS = 5_000;
const LIMIT_MS = 14_000;
/** LiveKit's event when a room starts. */
const ROOM_STARTED = 'room_started';

async function checkWebhooks(server: DoctorServer, t: Words, time: Time): Promise<Found> {
  const { config, livekit } = server;
  const name = newProbeRoom();
  const before = lastWebhookAt(server);
  const agents = [new RoomAgentDispatch({ agentName: NOBODY })];
  const made = await askServer(server, () =>
    livekit.rooms.createRoom({ name, ...PROBE_TIMEOUTS, agents }),
  );
  if (made.says !== 'answers') {
    const seen = t('webhooks.unknown');
    return { state: 'unknown', seen, todo: t('browser.noTokenTodo') };
  }
  const madeAt = Date.now();
  try {
    // Other web processes announce it.
    const at = await waitFor(WEBHOOK_MS, () => webhookReceivedAt(server, ROOM_STARTED, name));
    if (at !== undefined) {
      return { state: 'ok', seen: t('webhooks.ok', { time: time(Math.max(0, at - madeAt)) }) };
    }
  } finally {
    await remove(livekit, name);
  }
  const refused = lastRefusedWebhook(server);
  // With the right key and time, it was something else: a proxy that changes the body, for example.
  const isCause = refused?.why !== 'clock' || Math.abs(refused.aheadS ?? 0) > CLOCK_SECONDS;
  if (refused && refused.at >= madeAt && isCause) {
    const { why, aheadS = 0 } = refused;
    const direction = aheadS > 0 ? 'ahead' : 'behind';
    const seen = t(`webhooks.refused.${why}`, {
      time: time(Math.abs(aheadS) * 1_000),
      direction,
    });
    return { state: 'fail', seen, todo: t(`webhooks.refusedTodo.${why}`) };
  }
  const last = lastWebhookAt(server) ?? before;
  if (last !== undefined) {
    const seen = t('webhooks.elsewhere', { time: time(Date.now() - last) });
    return { state: 'warn', seen, todo: t('webhooks.elsewhereTodo') };
  }
  const url = joinUrl(config.CALLBOARD_URL, 'api/webhooks/livekit');
  const seen = t('webhooks.none', { time: time(WEBHOOK_MS), url });
  return { state: 'fail', seen, todo: t('webhooks.todo', { url }) };
}

export const webhookCheck = (server: DoctorServer, language: Language): Check =>
  newCheck('webhooks', language, LIMIT_MS, (...words) => checkWebhooks(server, ...words));
