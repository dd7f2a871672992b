// Accounts for tests: settings that require sign-in, and a signed-in user of each role.

import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { vi } from 'vitest';
import type { Role } from '@/lib/auth/permissions';
import { server } from '@/lib/server';
import { NO_LIVEKIT, type TestDatabase } from '@/lib/testing/calls-database';
import { endServer, newServer } from '@/lib/testing/server';

// Passwords are hashed with little work: some files sign in a hundred times, and each time would take a fifth of a second.
const { scrypt } = crypto;
Object.assign(crypto, {
  scrypt: (...[password, salt, length, options, done]: Parameters<typeof scrypt>) =>
    scrypt(password, salt, length, { ...options, N: 256 }, done),
});
syncBuiltinESMExports();

/** A password that is long enough. */
export const PASSWORD = 'correct horse battery';

/** Settings that turn on sign-in. */
export const SIGN_IN = {
  AUTH: 'required',
  AUTH_SECRET: 'a-secret-for-tests-of-32-characters',
  PUBLIC_URL: 'http://localhost:3000',
};

/** Turns on sign-in with this database, for a new server. */
export function requireSignIn({ env }: Pick<TestDatabase, 'env'>, more = {}): void {
  const settings = { ...NO_LIVEKIT, ...env, ...SIGN_IN, ...more };
  void newServer(settings);
}

/** Ends {@link requireSignIn}: closes the database and deletes it. */
export async function endSignIn(database: Pick<TestDatabase, 'remove'>): Promise<void> {
  await endServer();
  await database.remove();
  vi.unstubAllEnvs();
}

/** The cookies set by a response, as a browser sends them back. */
export const cookiesOf = (answer: Pick<Response, 'headers'>): string =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');

/** Creates a user with this role; resolves to their cookies. */
export async function signUp(role: Role, email = `${role}@example.com`): Promise<string> {
  const { makeSignUpLink } = await import('@/lib/auth/sign-up-links');
  const { signUp } = await import('@/lib/auth/people');
  const link = await makeSignUpLink(server(), { role, email }, Date.now());
  const asked = { name: role, email, password: PASSWORD };
  return cookiesOf(await signUp(server(), link, asked, new Headers()));
}
