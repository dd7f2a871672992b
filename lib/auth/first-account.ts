// Sign-in checks when the web process starts: it exits if settings are missing, and prints a link for the first
// account while there is none.

import { countAccounts, makeSignUpLink } from '@/lib/auth/sign-up-links';
import { signInIsOn } from '@/lib/auth/visitor';
import type { Ground } from '@/lib/cluster/ground';
import { hidesAddresses } from '@/lib/core/call-limits';
import { ConfigError } from '@/lib/core/config';
import { logError } from '@/lib/core/log';
import { signInProblems } from '@/lib/core/sign-in-mode';
import { withDatabase } from '@/lib/db/database';

/** Milliseconds for which the link is valid. Short, because it stays in logs and is used right after the start. */
const VALID_MS = 3_600_000;

/** Printed at the start if the addresses of callers are unknown. */
const HIDDEN_ADDRESSES =
  'PUBLIC_URL is reached through a proxy, but TRUST_PROXY is not set, so all callers have the address of the ' +
  'proxy. Limits by address do not work, and nobody can call without signing in. Set TRUST_PROXY to the number ' +
  'of proxies in front that append the client address to X-Forwarded-For.';

/** Exits if sign-in is required but not configured. */
export function requireSignInSettings(): void {
  const problems = signInProblems(process.env);
  if (problems.length === 0) return;
  for (const line of new ConfigError(problems).message.split('\n')) logError(line);
  process.exit(1);
}

/** Prints the link for the first account if sign-in is required and there is none. Never throws. */
export async function offerFirstAccount(server: Ground): Promise<void> {
  if (!signInIsOn()) return;
  try {
    if (hidesAddresses(server.config)) logError(HIDDEN_ADDRESSES);
    if ((await withDatabase(server, countAccounts)) > 0) return;
    const link = await makeSignUpLink(
      server,
      { role: 'admin', email: undefined },
      Date.now(),
      undefined,
      VALID_MS,
    );
    const url = new URL(`/sign-up/${link}`, server.config.PUBLIC_URL).href;
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
