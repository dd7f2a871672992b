// Guesses at one account's password, from wherever they come: better-auth counts by address, and an
// address can be made up or changed. In memory: each web process counts for itself.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { Problem } from '@/lib/core/problem';
import { processSingleton } from '@/lib/core/process-singleton';

/** Attempts for one account in so many seconds. Our own choice: ten guesses a quarter of an hour find nothing. */
const ATTEMPTS = { points: 10, duration: 15 * 60 };

const limiter = processSingleton('sign-in-attempts', () => new RateLimiterMemory(ATTEMPTS));

const signIn = z.object({ email: z.string().max(254).toLowerCase() });

/** The account that a sign-in is for; undefined where it names none, which better-auth refuses. */
function accountOf(body: string): string | undefined {
  try {
    return signIn.safeParse(JSON.parse(body)).data?.email;
  } catch {
    return undefined;
  }
}

/** Counts an attempt. @throws {Problem} 429 where there were too many */
export async function passAttempt(body: string): Promise<void> {
  const account = accountOf(body);
  if (account === undefined) return;
  try {
    await limiter().consume(account);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.ceil(error.msBeforeNext / 1_000);
    throw new Problem(
      'too-many-attempts',
      `Try again in ${Math.ceil(seconds / 60)} minutes, or sign in by passkey.`,
      {},
      { 'retry-after': String(seconds) },
    );
  }
}

/** Forgets the attempts at the account of this e-mail address: it was shown whose it is. */
export const forgetAttempts = (email: string): Promise<boolean> => limiter().delete(email);

/** Forgets the attempts of whoever has signed in. */
export async function signedIn(body: string): Promise<void> {
  const account = accountOf(body);
  if (account !== undefined) await forgetAttempts(account);
}
