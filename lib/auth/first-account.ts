// Sign-in checks when the web process starts: it exits if settings are missing, and prints a link for the first
// account while there is none.
import { ConfigError } from '@/lib/core/config';
import { logError } from '@/lib/core/log';
import { serverConfig } from '@/lib/core/server-config';
import { signInProblems } from '@/lib/core/sign-in-mode';
import { withDatabase } from '@/lib/db/database';
import { countAccounts, makeWelcome } from './invitations';
import { signInIsOn } from './visitor';

/** Milliseconds for which the link is valid. Short, because it stays in logs and is used right after the start. */
const VALID_MS = 3_600_000;

/** Exits if sign-in is required but not configured; prints the link for the first account if there is none. */
export async function requireSignInSettings(): Promise<void> {
  if (!signInIsOn()) return;
  const problems = signInProblems(process.env);
  if (problems.length > 0) {
    for (const line of new ConfigError(problems).message.split('\n')) logError(line);
    process.exit(1);
  }
  try {
    if ((await withDatabase(countAccounts)) > 0) return;
    const link = await makeWelcome({ role: 'admin', email: undefined }, Date.now(), VALID_MS);
    const url = new URL(`/welcome/${link}`, serverConfig().PUBLIC_URL).href;
    // biome-ignore lint/suspicious/noConsole: the log removes sign-in links, and this one is for the operator.
    console.log(
      `There are no accounts yet. Create the first admin account within an hour: ${url}\n` +
        'To get another link, restart the server.',
    );
  } catch (error) {
    logError(
      'Cannot create a link for the first account. Fix the error and restart the server',
      error,
    );
  }
}
