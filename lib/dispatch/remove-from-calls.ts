// Removes accounts from their calls when they lose the permission to be there; LiveKit's tokens remain valid
// until their owner leaves. A self-hosted server cannot revoke tokens
// (https://github.com/livekit/livekit/pull/4344): if the owner rejoins, `limits/check-joined.ts` removes them again.
// LiveKit sends no event when a hidden listener rejoins, so this module polls for them.

import { setTimeout as pause } from 'node:timers/promises';
import type { Ground } from '@/lib/cluster/ground';
import { logError } from '@/lib/core/log';
import { LISTENER_ATTRIBUTE, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';

/** Milliseconds between checks for a removed listener. Our own choice: little can be heard in between. */
const POLL_MS = 1_000;
/** Milliseconds for which LiveKit's last token may be valid: its 10 minutes, and a minute more. */
const TOKEN_MS = 11 * 60_000;

/** Calls that the account listens to, or all its calls. */
type CallScope = 'listening' | 'all';

const ACCOUNT_ATTRIBUTES: Readonly<Record<CallScope, readonly string[]>> = {
  listening: [LISTENER_ATTRIBUTE],
  all: [LISTENER_ATTRIBUTE, PERSON_ATTRIBUTES.account],
};

/** Removes this identity whenever it rejoins, as long as its token may be valid. */
async function keepOut({ rooms }: LiveKit, room: string, identity: string): Promise<void> {
  let until = Date.now() + TOKEN_MS;
  while (Date.now() < until) {
    await pause(POLL_MS, undefined, { ref: false });
    try {
      const people = await callLiveKit(rooms.listParticipants(room), undefined);
      if (!people) return;
      if (!people.some((one) => one.identity === identity)) continue;
      await callLiveKit(rooms.removeParticipant(room, identity), undefined);
      until = Date.now() + TOKEN_MS;
    } catch (error) {
      // Nothing can be heard while LiveKit is unavailable; try again.
      logError(`could not keep listener ${identity} out`, error);
    }
  }
}

/** @throws {Problem} 503 if LiveKit does not respond */
async function removeFromRooms(livekit: LiveKit, account: string, which: CallScope): Promise<void> {
  for (const { name } of await callLiveKit(livekit.rooms.listRooms(), [])) {
    const people = await callLiveKit(livekit.rooms.listParticipants(name), []);
    for (const { identity, attributes } of people) {
      if (!ACCOUNT_ATTRIBUTES[which].some((one) => attributes[one] === account)) continue;
      await callLiveKit(livekit.rooms.removeParticipant(name, identity), undefined);
      if (attributes[LISTENER_ATTRIBUTE] === account) void keepOut(livekit, name, identity);
    }
  }
}

/**
 * Removes an account from calls. Never throws: if LiveKit is unavailable, there is no call to leave, and the
 * error is logged.
 */
export async function removeFromCalls(
  server: Ground,
  account: string,
  which: CallScope,
): Promise<void> {
  try {
    await removeFromRooms(server.livekit, account, which);
  } catch (error) {
    logError(`could not remove account ${account} from calls`, error);
  }
}
