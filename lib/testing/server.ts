// The state of a web process for tests: a server of their own, or the one of this process.
import { vi } from 'vitest';
import { readConfig } from '@/lib/core/server-config';
import { Server } from '@/lib/server';

/** Required LiveKit settings for tests that send no request to the server. */
export const NO_LIVEKIT = {
  LIVEKIT_URL: 'ws://127.0.0.1:9',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'a-secret-of-thirty-two-characters',
};

/** A server with these settings. Nothing is started, and no database is opened before it is used. */
export const testServer = (env: Readonly<Record<string, string>> = {}): Server =>
  new Server(readConfig({ ...process.env, ...NO_LIVEKIT, ...env }));

/** A database that cannot be opened, for this reason. */
export function noDatabase(why = new Error('no database')) {
  const opening = Promise.reject(why);
  opening.catch(() => {});
  return { opening };
}

const kept = globalThis as typeof globalThis & { [key: symbol]: Server | undefined };
const KEY = Symbol.for('callboard.server');

/** Stops the server of this process. The next use creates another from the environment. */
export async function endServer(): Promise<void> {
  const server = kept[KEY];
  delete kept[KEY];
  await server?.stop();
}

/** Sets the environment of the server of this process, which the next use creates. */
export async function newServer(env: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  await endServer();
}
