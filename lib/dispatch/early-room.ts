// Creates a call's room while its token is on its way to our page. An agent then waits in the room before anybody has
// joined, so visitors may have only few such rooms. Beyond that a call starts by its token, 200 ms later.
import type { Ground } from '@/lib/cluster/ground';
import { sharedState } from '@/lib/cluster/shared-state';
import { anonymousAtOnce, beyondLoopback } from '@/lib/core/call-limits';
import { logError } from '@/lib/core/log';
import { signatureOf } from '@/lib/core/signature';
import { limitedCaller } from '@/lib/dispatch/limits/one-call';
import type { TokenPlan } from '@/lib/dispatch/token-plan';
import { ROOM_TIMEOUTS } from '@/lib/dispatch/tokens';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { roomAgentDispatch } from '@/lib/livekit/dispatch';

/**
 * Seconds for the page to join before the room closes: more than the 15 s that LiveKit's client allows for a
 * connection. If the page joins later, its token creates a new room.
 */
const JOIN_S = 20;
/** Milliseconds for which a room counts: until LiveKit has surely closed it, which it does within seconds. */
const COUNT_MS = (JOIN_S + 5) * 1_000;
/** Early rooms of one caller that nobody has joined. A page makes one call at a time. */
const CALLER_MAX = 1;

/** Early rooms that nobody has joined, by keyed hash of whom they count against. */
const earlyRooms =
  sharedState<readonly { readonly room: string; readonly until: number }[]>('early-room');

type Caller = Pick<TokenPlan, 'identity' | 'attributes'>;

/**
 * Whom a caller's early room counts against, and how many may be open. Without cookies an anonymous visitor is somebody
 * else each time, and one with many addresses comes from each of them, so the agent counts too.
 */
function counters(
  server: Ground,
  { identity, attributes }: Caller,
): { key: string; most: number }[] {
  const { config } = server;
  const { [PERSON_ATTRIBUTES.anonymous]: agent, [PERSON_ATTRIBUTES.address]: address } = attributes;
  const counter = (what: unknown, most: number) => ({
    key: signatureOf('callboard early room', JSON.stringify(what), config.LIVEKIT_API_SECRET),
    most,
  });
  const who = limitedCaller(identity, attributes);
  const atOnce = anonymousAtOnce(config);
  return [
    ...(who ? [counter({ who }, CALLER_MAX)] : []),
    ...(agent && atOnce > 0 ? [counter({ address }, atOnce), counter({ agent }, atOnce)] : []),
  ];
}

/** Counts a room that will be created early. @returns whether it may be */
async function countEarly(server: Ground, room: string, caller: Caller): Promise<boolean> {
  const all = counters(server, caller);
  // A program that calls for many people may never use its tokens.
  if (all.length === 0) return !beyondLoopback(server.config);
  const now = Date.now();
  for (const { key, most } of all) {
    const fits = await earlyRooms.change(server, key, (before = []) => {
      const open = before.filter(({ until }) => now < until);
      if (open.length >= most) return { after: open, result: false };
      return { after: [...open, { room, until: now + COUNT_MS }], result: true };
    });
    if (!fits) return false;
  }
  return true;
}

/** A caller has joined: their early room is a call like any other. @throws {Problem} 503 if the database does not respond */
export async function earlyRoomJoined(server: Ground, room: string, caller: Caller): Promise<void> {
  for (const { key } of counters(server, caller)) {
    const known = (await earlyRooms.read(server, key)) ?? [];
    if (!known.some((one) => one.room === room)) continue;
    await earlyRooms.change(server, key, (before = []) => ({
      after: before.filter((one) => one.room !== room),
      result: undefined,
    }));
  }
}

/**
 * Creates a call's room before its token is used, unless the caller has such a room already. LiveKit takes 200 ms to
 * assign a job (it asks its nodes, and the first answer waits for others); the page connects in that time. LiveKit then
 * ignores the token's own dispatch, so only one agent joins.
 * Never rejects: if it fails, the page's token creates the room.
 */
export async function createRoomEarly(server: Ground, plan: TokenPlan): Promise<void> {
  const { rooms } = server.livekit;
  const { room: name, agent } = plan;
  try {
    if (!(await countEarly(server, name, plan))) return;
    const agents = [roomAgentDispatch(agent)];
    await rooms.createRoom({ ...ROOM_TIMEOUTS, emptyTimeout: JOIN_S, name, agents });
  } catch (error) {
    logError('token: could not create the room early', error);
  }
}
