// Limits password guesses per account: better-auth counts by address, and an attacker can change addresses. In
// memory: each web process counts separately.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { Problem } from '@/lib/core/problem';
import { processSingleton } from '@/lib/core/process-singleton';

/** Attempts per account and seconds. Our own choice: ten guesses in a quarter of an hour are useless. */
const ATTEMPTS = { points: 10, duration: 15 * 60 };

const limiter = processSingleton('sign-in-attempts', () => new RateLimiterMemory(ATTEMPTS));

const signIn = z.object({ email: z.string().max(254).toLowerCase() });

/** The account of a sign-in request; undefined if it names none, which better-auth refuses. */
function accountOf(body: string): string | undefined {
  try {
    return signIn.safeParse(JSON.parse(body)).data?.email;
  } catch {
    return undefined;
  }
}

/** Counts an attempt. @throws {Problem} 429 if there were too many */
export async function countAttempt(body: string): Promise<void> {
  const account = accountOf(body);
  if (account === undefined) return;
  try {
    await limiter().consume(account);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.ceil(error.msBeforeNext / 1_000);
    throw new Problem(
      'too-many-attempts',
      `Try again in ${Math.ceil(seconds / 60)} minutes, or sign in with a passkey.`,
      {},
      { 'retry-after': String(seconds) },
    );
  }
}

/** Resets the attempts for an e-mail address after its owner has proven who they are. */
export const resetAttempts = (email: string): Promise<boolean> => limiter().delete(email);

/** Resets the attempts after a successful sign-in. */
export async function signedIn(body: string): Promise<void> {
  const account = accountOf(body);
  if (account !== undefined) await resetAttempts(account);
}
