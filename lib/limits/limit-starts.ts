// Bounds how many calls are started: by one caller, from one address, and by strangers. Every route
// that brings an agent into a room asks here first, as each agent costs money.
import type { Config } from '../config';
import { Problem } from '../problem';
import { namesLoopback } from '../rights/mode';
import { addressOf, networkOf } from './address';
import { COUNTED, type Counted, startLimits } from './settings';
import { count } from './store';
import type { WhoCalls } from './who-calls';

/** Minutes in which starts are counted: long enough for a limit, short enough to wait for. */
const WINDOW_MINUTES = 10;
/** This machine's own addresses. */
const LOOPBACK = ['127.0.0.1', '::1'].map(networkOf);

const WHOSE: Readonly<Record<Counted, string>> = {
  caller: 'one caller',
  address: 'one address',
  strangerAddress: 'one address without signing in',
  strangerAgent: 'all together without signing in, with one agent,',
};

/**
 * The address that a start is counted by; undefined where there is only that of a proxy on this machine
 * (`TRUST_PROXY` is not set): all who come through it would be one.
 */
function countedAddress(config: Config, request: Request): string | undefined {
  const { PUBLIC_URL, TRUST_PROXY } = config;
  const address = addressOf(request, TRUST_PROXY);
  const isProxied = TRUST_PROXY === 0 && PUBLIC_URL !== undefined && !namesLoopback(PUBLIC_URL);
  return isProxied && LOOPBACK.includes(address ?? '') ? undefined : address;
}

/**
 * Counts the start of a call.
 * @param who undefined for a program that makes calls for many
 * @param publicAgent agent that somebody calls who has not signed in
 * @throws {Problem} 429 with `Retry-After`, where there were too many
 */
export async function limitStarts(
  config: Config,
  request: Request,
  who: WhoCalls | undefined,
  publicAgent?: string,
): Promise<void> {
  const limits = startLimits(config);
  const address = countedAddress(config, request);
  const isStranger = publicAgent !== undefined;
  const keys: Readonly<Record<Counted, string | undefined>> = {
    caller: who && JSON.stringify(who),
    address: isStranger ? undefined : address,
    strangerAddress: isStranger ? address : undefined,
    strangerAgent: publicAgent,
  };
  // What a caller or an address has too much of does not count for the others.
  for (const by of COUNTED) {
    const key = keys[by];
    const points = limits[by];
    if (points === 0 || key === undefined) continue;
    const wait = await count(
      config,
      { what: `start-${by}`, points, duration: WINDOW_MINUTES * 60 },
      key,
    );
    if (wait === undefined) continue;
    const seconds = Math.max(1, Math.ceil(wait / 1_000));
    throw new Problem(
      'too-many-calls',
      `${points} calls in ${WINDOW_MINUTES} minutes are what ${WHOSE[by]} may start. ` +
        `Try again in ${seconds} s.`,
      {},
      { 'retry-after': String(seconds) },
    );
  }
}
