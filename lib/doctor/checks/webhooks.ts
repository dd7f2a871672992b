// Whether LiveKit's webhooks come here: a room is made and taken away again, and its event waited for.
import { eq } from 'drizzle-orm';
import { RoomAgentDispatch } from 'livekit-server-sdk';
import { events } from '@/lib/calls/store/schema';
import type { Config } from '@/lib/core/config';
import { waitFor, withTimeout } from '@/lib/core/wait';
import { withDatabase } from '@/lib/db/database';
import { liveKit } from '@/lib/livekit/clients';
import { NOBODY, newProbeRoom, PROBE_TIMEOUTS } from '@/lib/livekit/probe-room';
import { askServer } from '../ask-server';
import type { Check } from '../check';
import type { Said } from '../finding';
import { remove } from '../probe';
import { lastWebhookAt, webhookSeen } from '../sightings';
import type { DoctorWords } from '../words';

/** Milliseconds to wait for it: LiveKit tries again after 0, 1 and 3 s. */
const COMES_MS = 5_000;
/** Milliseconds for a look at what other processes wrote. */
const DATABASE_MS = 2_000;
const LIMIT_MS = 14_000;
/** LiveKit's event when a room begins. */
const BEGAN = 'room_started';

/** When another process of the web wrote it down. */
async function writtenDown(room: string): Promise<number | undefined> {
  const asked = withDatabase((db) =>
    db.select({ at: events.arrivedAt }).from(events).where(eq(events.room, room)).limit(1),
  );
  const [row] = await withTimeout(DATABASE_MS, asked).catch(() => []);
  return row?.at;
}

async function arrive(
  config: Config,
  { webhooks: words, browser }: DoctorWords['doctorText'],
): Promise<Said> {
  const { matters } = words;
  const livekit = liveKit(config);
  const name = newProbeRoom();
  const before = lastWebhookAt();
  const agents = [new RoomAgentDispatch({ agentName: NOBODY })];
  const made = await askServer(config, () =>
    livekit.rooms.createRoom({ name, ...PROBE_TIMEOUTS, agents }),
  );
  if (made.says !== 'answers') {
    return { state: 'unknown', seen: words.unknown, matters, todo: browser.noTokenTodo };
  }
  const madeAt = Date.now();
  try {
    const here = await waitFor(COMES_MS, () => webhookSeen(BEGAN, name));
    const at = here ?? (await writtenDown(name));
    if (at !== undefined) {
      const took = Math.max(0, at - madeAt);
      return { state: 'ok', seen: words.ok(took), matters, todo: '' };
    }
  } finally {
    await remove(livekit, name);
  }
  const last = lastWebhookAt() ?? before;
  if (last !== undefined) {
    const ago = Math.round((Date.now() - last) / 1_000);
    return { state: 'warn', seen: words.elsewhere(ago), matters, todo: words.elsewhereTodo };
  }
  const url = `${config.CALLBOARD_URL}/api/webhooks/livekit`;
  return { state: 'fail', seen: words.none(COMES_MS, url), matters, todo: words.todo(url) };
}

export const webhookCheck = ({ checkTitles, doctorText }: DoctorWords): Check => ({
  id: 'webhooks',
  title: checkTitles.webhooks,
  limitMs: LIMIT_MS,
  run: (config) => arrive(config, doctorText),
});
