// What the web process does about sign-in when it starts: it ends where settings are missing, and says
// how the first account is made as long as there is none.
import { inspect } from 'node:util';
import { ConfigError } from '@/lib/core/config';
import { redact } from '@/lib/core/redact';
import { serverConfig } from '@/lib/core/server-config';
import { signInProblems } from '@/lib/core/sign-in-mode';
import { withDatabase } from '@/lib/db/database';
import { countAccounts, makeWelcome } from './invitations';
import { signInIsOn } from './visitor';

/** Milliseconds for which the link holds: it stays in logs, and whoever starts this is there. */
const FIRST_MS = 3_600_000;

/** Ends the process where people have to sign in and cannot; else prints the first account's link. */
export async function requireSignInSettings(): Promise<void> {
  if (!signInIsOn()) return;
  const problems = signInProblems(process.env);
  if (problems.length > 0) {
    console.error(new ConfigError(problems).message);
    process.exit(1);
  }
  try {
    if ((await withDatabase(countAccounts)) > 0) return;
    const link = await makeWelcome({ role: 'admin', email: undefined }, Date.now(), FIRST_MS);
    const url = new URL(`/welcome/${link}`, serverConfig().PUBLIC_URL).href;
    console.log(
      `Nobody has an account yet. Make the first one, an admin, within an hour: ${url}\n` +
        'After that, start again for another link.',
    );
  } catch (error) {
    const why = `No link for a first account could be made: ${inspect(error)}`;
    console.error(redact(`${why}\nStart again once that is mended.`));
  }
}
