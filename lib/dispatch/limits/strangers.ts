// What bounds the calls of strangers, who call public agents without signing in: a call has an end, an address has
// few at once, and all together have so many starts with one agent. What is counted is who joined: a token that
// nobody uses takes nothing from the others.
import { callOf } from '@/lib/calls/call-id';
import { sharedState } from '@/lib/cluster/shared-state';
import { strangersAtOnce } from '@/lib/core/call-limits';
import type { Config } from '@/lib/core/config';
import { Problem } from '@/lib/core/problem';
import { serverConfig } from '@/lib/core/server-config';
import { signatureOf } from '@/lib/core/signature';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { countedAddress, countJoined } from './limit-starts';
import { liveRooms } from './one-call';

const MINUTE_MS = 60_000;
/** Milliseconds after which nothing is known of an address from which nobody has called since. */
const REMEMBER_MS = 24 * 60 * MINUTE_MS;
/** Seconds after which to ask again where an address has its calls at once. */
const RETRY_AFTER_S = 60;

/** The calls of one address that strangers joined, and where they are. Some may be over. */
type StrangerCalls = readonly { readonly call: string; readonly room: string }[];

/** By keyed hash of the address. */
const strangerCalls = sharedState<StrangerCalls>('stranger-calls');

type Attributes = Readonly<Record<string, string>>;

/** What the token of a stranger says of them: no client can set or change these attributes. */
export function strangerAttributes(config: Config, request: Request, agent: string) {
  const address = countedAddress(config, request);
  const secret = config.LIVEKIT_API_SECRET;
  const minutes = config.PUBLIC_CALL_MINUTES;
  const { stranger, address: hash, endsAt } = PERSON_ATTRIBUTES;
  return {
    [stranger]: agent,
    ...(address && { [hash]: signatureOf('callboard stranger address', address, secret) }),
    ...(minutes > 0 && { [endsAt]: String(Date.now() + minutes * MINUTE_MS) }),
  };
}

/**
 * Makes sure that strangers have few calls at once from an address.
 * @throws {Problem} 429 with `Retry-After` where they have as many as they may; 503 where LiveKit does not answer
 */
export async function requireFewAtOnce(
  livekit: LiveKit,
  config: Config,
  { [PERSON_ATTRIBUTES.address]: address }: Attributes,
): Promise<void> {
  const most = strangersAtOnce(config);
  if (address === undefined || most === 0) return;
  // While the database is away calls begin all the same; who joins is looked at again.
  const calls = (await strangerCalls.read(address).catch(() => undefined)) ?? [];
  const live = await liveRooms(
    livekit,
    calls.map(({ room }) => room),
  );
  if (live.length < most) return;
  throw new Problem(
    'too-many-calls',
    `${most} calls at once are what one address may have without signing in. Try again when one is over.`,
    {},
    { 'retry-after': String(RETRY_AFTER_S) },
  );
}

/**
 * Counts a stranger who joined.
 * @returns why they may not stay, as their page says it; undefined where they may, and for everybody else
 * @throws {Problem} 503 where the database or LiveKit does not answer
 */
export async function whyNoStranger(
  livekit: LiveKit,
  room: string,
  attributes: Attributes,
): Promise<string | undefined> {
  const { stranger, address, endsAt } = PERSON_ATTRIBUTES;
  const { [stranger]: agent, [address]: from = '', [endsAt]: end } = attributes;
  if (!agent) return undefined;
  if (end && Number(end) <= Date.now()) return 'The time for this call is up.';
  const config = serverConfig();
  const most = from === '' ? 0 : strangersAtOnce(config);
  const call = callOf(attributes) ?? room;
  const known = ((await strangerCalls.read(from)) ?? []).map((one) => one.room);
  const live = await liveRooms(livekit, known);
  const joined = await strangerCalls.change(from, (before: StrangerCalls = []) => {
    // Those that came meanwhile were not asked about.
    const on = before.filter((one) => live.includes(one.room) || !known.includes(one.room));
    const others = on.filter((one) => one.call !== call);
    // Who is moved into another room, or has lost the connection, comes again to the same call.
    const isKnown = others.length < on.length;
    if (!isKnown && most > 0 && others.length >= most) return { after: on, result: 'too many' };
    return { after: [...others, { call, room }], result: isKnown ? 'again' : 'new' };
  });
  if (joined === 'again') return undefined;
  await strangerCalls.forget(Date.now() - REMEMBER_MS);
  if (joined === 'too many') return 'There are too many calls from your network. Try again later.';
  if (await countJoined(config, agent)) return undefined;
  return 'There were too many calls in a short time. Try again in some minutes.';
}
