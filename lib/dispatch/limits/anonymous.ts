// Limits the calls of anonymous callers, who call public agents without signing in: a call's length, concurrent calls of
// one address, and starts with one agent. Only callers who join count: unused tokens take nothing from others.

import { callOf } from '@/lib/calls/call-id';
import type { Ground } from '@/lib/cluster/ground';
import { sharedState } from '@/lib/cluster/shared-state';
import { anonymousAtOnce } from '@/lib/core/call-limits';
import type { Config } from '@/lib/core/config';
import { Problem } from '@/lib/core/problem';
import { signatureOf } from '@/lib/core/signature';
import { countedAddress, countJoined } from '@/lib/dispatch/limits/limit-starts';
import { liveRooms } from '@/lib/dispatch/limits/one-call';
import type { DispatchServer } from '@/lib/dispatch/server';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';

const MINUTE_MS = 60_000;
/** Seconds after which to retry if an address has too many concurrent calls. */
const RETRY_AFTER_S = 60;

/** The calls that anonymous visitors of one address joined, and their rooms. Some may have ended. */
type AnonymousCalls = readonly { readonly call: string; readonly room: string }[];

/** By keyed hash of the address. */
const anonymousCalls = sharedState<AnonymousCalls>('anonymous-calls');

type Attributes = Readonly<Record<string, string>>;

/** The attributes of an anonymous caller's token. Clients cannot set or change them. */
export function anonymousAttributes(config: Config, request: Request, agent: string) {
  const address = countedAddress(config, request);
  const secret = config.LIVEKIT_API_SECRET;
  const minutes = config.PUBLIC_CALL_MINUTES;
  const { anonymous, address: hash, endsAt } = PERSON_ATTRIBUTES;
  return {
    [anonymous]: agent,
    ...(address && { [hash]: signatureOf('callboard anonymous address', address, secret) }),
    ...(minutes > 0 && { [endsAt]: String(Date.now() + minutes * MINUTE_MS) }),
  };
}

/**
 * Requires that anonymous visitors have few concurrent calls from an address.
 * @throws {Problem} 429 with `Retry-After` if they have too many; 503 if LiveKit does not respond
 */
export async function limitConcurrentCalls(
  server: Ground,
  { [PERSON_ATTRIBUTES.address]: address }: Attributes,
): Promise<void> {
  const most = anonymousAtOnce(server.config);
  if (address === undefined || most === 0) return;
  // While the database is unavailable calls still start; participants are checked again when they join.
  const calls = (await anonymousCalls.read(server, address).catch(() => undefined)) ?? [];
  const live = await liveRooms(
    server.livekit,
    calls.map(({ room }) => room),
  );
  if (live.length < most) return;
  throw new Problem(
    'too-many-calls',
    `The limit is ${most} calls at once from one address without signing in. Try again when one has ended.`,
    {},
    { 'retry-after': String(RETRY_AFTER_S) },
  );
}

/**
 * Counts an anonymous visitor who joined.
 * @returns why they may not stay, as their page shows it; undefined if they may, and for everybody else
 * @throws {Problem} 503 if the database or LiveKit does not respond
 */
export async function checkAnonymous(
  server: DispatchServer,
  room: string,
  attributes: Attributes,
): Promise<string | undefined> {
  const { anonymous, address, endsAt } = PERSON_ATTRIBUTES;
  const { [anonymous]: agent, [address]: from = '', [endsAt]: end } = attributes;
  if (!agent) return undefined;
  if (end && Number(end) <= Date.now()) return 'The time for this call is up.';
  const { config } = server;
  const most = from === '' ? 0 : anonymousAtOnce(config);
  const call = callOf(attributes) ?? room;
  const known = ((await anonymousCalls.read(server, from)) ?? []).map((one) => one.room);
  const live = await liveRooms(server.livekit, known);
  const joined = await anonymousCalls.change(server, from, (before: AnonymousCalls = []) => {
    // Calls that were added meanwhile were not in the request to LiveKit.
    const on = before.filter((one) => live.includes(one.room) || !known.includes(one.room));
    const others = on.filter((one) => one.call !== call);
    // A caller who moves to another room or reconnects joins the same call again.
    const isKnown = others.length < on.length;
    if (!isKnown && most > 0 && others.length >= most) return { after: on, result: 'too many' };
    return { after: [...others, { call, room }], result: isKnown ? 'again' : 'new' };
  });
  if (joined === 'again') return undefined;
  if (joined === 'too many') return 'There are too many calls from your network. Try again later.';
  if (await countJoined(server, agent)) return undefined;
  return 'There were too many calls in a short time. Try again in some minutes.';
}
