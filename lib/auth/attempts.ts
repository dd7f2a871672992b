// Counts guesses and anonymous requests, by address and by account: an attacker can change addresses, and can guess for many
// accounts. In the database, so that all web processes count together and a restart forgets nothing.

import { randomUUID } from 'node:crypto';
import { eq, lt, sql } from 'drizzle-orm';
import { attempts } from '@/lib/auth/tables';
import type { Ground } from '@/lib/cluster/ground';
import { englishDuration } from '@/lib/core/figures';
import { isProblem, Problem, type ProblemKind } from '@/lib/core/problem';
import { whySignIn } from '@/lib/core/sign-in-mode';
import { signatureOf } from '@/lib/core/signature';
import { withDatabase } from '@/lib/db/database';
import { addressOf } from '@/lib/http/client-address';

/** A limit: `points` in `seconds`, from the first one on. */
interface Limit {
  readonly points: number;
  readonly seconds: number;
}

/** Guesses for an account, or from a known device. Our own choice: ten in a quarter of an hour are useless. */
const GUESSES: Limit = { points: 10, seconds: 15 * 60 };
/** Sign-in attempts from an address. Our own choice. */
export const SIGN_INS: Limit = { points: 10, seconds: 60 };
/** Other requests to better-auth from an address. Our own choice: pages send a few. */
export const REQUESTS: Limit = { points: 60, seconds: 60 };
/** Wrong links, invitations and keys from an address. Our own choice: nobody mistypes so many. */
const WRONG_SECRETS: Limit = { points: 30, seconds: 60 };
/** Milliseconds after which no limit needs a row. */
export const ATTEMPTS_KEPT_MS = GUESSES.seconds * 1_000;

/** The row of a counter: addresses and e-mail addresses are not stored. */
const rowOf = (server: Ground, counter: readonly string[]): string =>
  signatureOf('attempts', JSON.stringify(counter), server.config.AUTH_SECRET ?? '');

/** The client network of these headers; all clients whose address is unknown count as one. */
const networkFrom = (server: Ground, headers: Headers): string =>
  addressOf({ headers }, server.config.TRUST_PROXY) ?? 'unknown';

/** The problem of a counter that is above its limit; undefined if it is not. */
function tooMany(
  row: { readonly count: number; readonly lastRequest: number } | undefined,
  { points, seconds }: Limit,
  otherwise = '',
): Problem | undefined {
  const left = row ? row.lastRequest + seconds * 1_000 - Date.now() : 0;
  if (!row || row.count <= points || left <= 0) return undefined;
  const wait = Math.ceil(left / 1_000);
  const detail = `Try again in ${englishDuration(wait * 1_000)}${otherwise}.`;
  return new Problem('too-many-attempts', detail, {}, { 'retry-after': String(wait) });
}

/**
 * Counts one, in a single statement so that concurrent requests cannot share a count.
 * @throws {Problem} 429 with `Retry-After` above the limit
 */
async function count(
  server: Ground,
  counter: readonly string[],
  limit: Limit,
  otherwise?: string,
): Promise<void> {
  const now = Date.now();
  const isOver = sql`${attempts.lastRequest} <= ${now - limit.seconds * 1_000}::bigint`;
  const [row] = await withDatabase(server, (db) =>
    db
      .insert(attempts)
      .values({ id: randomUUID(), key: rowOf(server, counter), count: 1, lastRequest: now })
      .onConflictDoUpdate({
        target: attempts.key,
        set: {
          count: sql`case when ${isOver} then 1 else ${attempts.count} + 1 end`,
          lastRequest: sql`case when ${isOver} then ${now}::bigint else ${attempts.lastRequest} end`,
        },
      })
      .returning(),
  );
  const problem = tooMany(row, limit, otherwise);
  if (problem) throw problem;
}

/** Counts a request from the client's address. @param what each has its own counters @throws {Problem} 429 */
export const countRequest = (
  server: Ground,
  what: string,
  headers: Headers,
  limit: Limit,
): Promise<void> => count(server, [what, 'from', networkFrom(server, headers)], limit);

/** What is guessed: all unknown devices share a counter for an account, and each known device has its own. */
export interface Guessed {
  /** Each has its own counters. */
  readonly what: 'sign-in' | 'password change' | 'passkey';
  /** The e-mail address or passkey that the request names, whether or not it exists. */
  readonly of: string;
  /** Id of the device if it is known: see `devices.ts`. */
  readonly device?: string | undefined;
}

const counterOf = ({ what, of, device }: Guessed): readonly string[] =>
  device === undefined ? [what, 'of', of] : [what, 'with', device];

/**
 * Counts a guess before it is checked: for the account and from the address; from a known device only for the device, which
 * others cannot lock out.
 * @throws {Problem} 429 if there were too many
 */
export async function countGuess(
  server: Ground,
  guessed: Guessed,
  headers: Headers,
): Promise<void> {
  if (guessed.device === undefined) await countRequest(server, guessed.what, headers, SIGN_INS);
  const otherwise = guessed.what === 'sign-in' ? ', or sign in with a passkey' : '';
  await count(server, counterOf(guessed), GUESSES, otherwise);
}

/** Forgets the guesses after a right one. */
export const forgetGuesses = (server: Ground, guessed: Guessed): Promise<unknown> =>
  withDatabase(server, (db) =>
    db.delete(attempts).where(eq(attempts.key, rowOf(server, counterOf(guessed)))),
  );

/** What a wrong link or invitation leads to. */
const WRONG: readonly ProblemKind[] = ['unknown-link', 'unknown-invitation'];

/**
 * Does work that looks up a secret of the request, such as a link, unless there were too many wrong ones from the address.
 * Right ones do not count.
 * @param isWrong whether the result means that the secret is wrong, if the work does not throw
 * @throws {Problem} 429, and whatever `work` throws
 */
export async function limitGuesses<T>(
  server: Ground,
  headers: Headers,
  work: () => Promise<T>,
  isWrong: (result: T) => boolean = () => false,
): Promise<T> {
  // Only this machine has access.
  if (whySignIn(process.env) === undefined) return work();
  const counter = ['wrong secret', 'from', networkFrom(server, headers)];
  const [row] = await withDatabase(server, (db) =>
    db
      .select()
      .from(attempts)
      .where(eq(attempts.key, rowOf(server, counter))),
  );
  // The next one would be above the limit.
  const problem = tooMany(row && { ...row, count: row.count + 1 }, WRONG_SECRETS);
  if (problem) throw problem;
  try {
    const result = await work();
    if (isWrong(result)) await count(server, counter, WRONG_SECRETS);
    return result;
  } catch (error) {
    // Many at once are counted here.
    if (isProblem(error) && WRONG.includes(error.kind)) await count(server, counter, WRONG_SECRETS);
    throw error;
  }
}

/** Deletes the counters that no limit needs any more. @param now milliseconds since 1970 */
export const deleteOldAttempts = (server: Ground, now: number): Promise<unknown> =>
  withDatabase(server, (db) =>
    db.delete(attempts).where(lt(attempts.lastRequest, now - ATTEMPTS_KEPT_MS)),
  );
