// Takes somebody out of the calls they are in by their account, when they lose the right to be there: a token
// that LiveKit has let in is good until its owner leaves. A server of one's own takes none back
// (https://github.com/livekit/livekit/pull/4344): who comes again with it, by a program of their own, is put out by
// `limits/look-at-joined.ts`. LiveKit tells nobody of a listener, so whoever was one is looked for here.
import { setTimeout as pause } from 'node:timers/promises';
import { redact } from '@/lib/core/redact';
import { serverConfig } from '@/lib/core/server-config';
import { LISTENER_ATTRIBUTE, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { asked, type LiveKit, liveKit } from '@/lib/livekit/clients';

/** Milliseconds between two looks for a listener who was put out. Our own choice: little is heard in between. */
const LOOK_MS = 1_000;
/** Milliseconds for which the token may be good that LiveKit gave them last: its 10 minutes, and a minute more. */
const TOKEN_MS = 11 * 60_000;

/** Out of calls that they listen to, or of their own as well. */
export type Which = 'listening' | 'all';

const BY: Readonly<Record<Which, readonly string[]>> = {
  listening: [LISTENER_ATTRIBUTE],
  all: [LISTENER_ATTRIBUTE, PERSON_ATTRIBUTES.account],
};

/** Puts this identity out again whenever it is back, as long as it can come back. */
async function keepOut({ rooms }: LiveKit, room: string, identity: string): Promise<void> {
  let until = Date.now() + TOKEN_MS;
  while (Date.now() < until) {
    await pause(LOOK_MS, undefined, { ref: false });
    try {
      const people = await asked(rooms.listParticipants(room), undefined);
      if (!people) return;
      if (!people.some((one) => one.identity === identity)) continue;
      await asked(rooms.removeParticipant(room, identity), undefined);
      until = Date.now() + TOKEN_MS;
    } catch (error) {
      // Nobody hears anything where LiveKit is away; it is asked again.
      console.error(redact(`listener ${identity} could not be kept out: ${error}`));
    }
  }
}

/** @throws {Problem} 503 where LiveKit does not answer */
async function leaveRooms(livekit: LiveKit, account: string, which: Which): Promise<void> {
  for (const { name } of await asked(livekit.rooms.listRooms(), [])) {
    const people = await asked(livekit.rooms.listParticipants(name), []);
    for (const { identity, attributes } of people) {
      if (!BY[which].some((one) => attributes[one] === account)) continue;
      await asked(livekit.rooms.removeParticipant(name, identity), undefined);
      if (attributes[LISTENER_ATTRIBUTE] === account) void keepOut(livekit, name, identity);
    }
  }
}

/**
 * Takes an account out of calls. What it lost stays lost where LiveKit is away: then there is no call to be in,
 * or it is logged. Never throws.
 */
export async function takeOut(account: string, which: Which): Promise<void> {
  try {
    await leaveRooms(liveKit(serverConfig()), account, which);
  } catch (error) {
    console.error(redact(`account ${account} could not be taken out of calls: ${error}`));
  }
}
