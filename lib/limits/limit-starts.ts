// Bounds how many calls are started: by one caller, from one address, and by all together. Every route
// that brings an agent into a room asks here first, as each agent costs money.
import type { Config } from '../config';
import { Problem } from '../problem';
import { PERSON_ATTRIBUTES } from '../signals';
import type { TokenRequest } from '../token-request';
import { addressOf } from './address';
import { COUNTED, type Counted, startLimits } from './settings';
import { count } from './store';

const WHOSE: Readonly<Record<Counted, string>> = {
  caller: 'one caller',
  address: 'one address',
  total: 'all callers together',
};

/**
 * Who asks, as far as it can be told: the id of their browser, or the identity that a program gives each
 * of its callers; undefined where a program gives none.
 */
export const limitedCaller = (
  asked: Pick<TokenRequest, 'participant_attributes' | 'participant_identity'>,
): string | undefined =>
  asked.participant_attributes?.[PERSON_ATTRIBUTES.caller] ||
  asked.participant_identity ||
  undefined;

/**
 * Counts the start of a call.
 * @param caller see {@link limitedCaller}
 * @throws {Problem} 429 with `Retry-After`, where there were too many
 */
export async function limitStarts(
  config: Config,
  request: Request,
  caller: string | undefined,
): Promise<void> {
  const limits = startLimits(config);
  const keys: Readonly<Record<Counted, string | undefined>> = {
    caller,
    address: addressOf(request, config.TRUST_PROXY),
    total: 'all',
  };
  const minutes = config.CALL_LIMIT_MINUTES;
  // What a caller or an address has too much of does not count for the others.
  for (const by of COUNTED) {
    const key = keys[by];
    const points = limits[by];
    if (points === 0 || key === undefined) continue;
    const wait = await count(config, { what: `start-${by}`, points, duration: minutes * 60 }, key);
    if (wait === undefined) continue;
    const seconds = Math.max(1, Math.ceil(wait / 1_000));
    throw new Problem(
      'too-many-calls',
      `${points} calls in ${minutes} minutes are what ${WHOSE[by]} may start. ` +
        `Try again in ${seconds} s.`,
      {},
      { 'retry-after': String(seconds) },
    );
  }
}
