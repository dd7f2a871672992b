// PGlite databases for tests: copies of a folder that is created once.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { folderTemplate } from './folder-template';

/** Settings of a test database, and a function that removes it. */
export interface TestDatabase {
  readonly env: Readonly<Record<string, string>>;
  /** The folder of the database. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** A folder with an empty database, as set-up creates it. */
export async function testFolder(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-db-'));
  cpSync(await folderTemplate(), join(folder, 'db'), { recursive: true });
  return {
    folder,
    env: { DATA_DIR: folder, DATABASE_URL: '' },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Required LiveKit settings for tests that send no request to the server. */
export const NO_LIVEKIT = {
  LIVEKIT_URL: 'ws://127.0.0.1:9',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'a-secret-of-thirty-two-characters',
};

/** Keeps calls of any age, because test calls have fixed dates. */
export const KEEPS_ALL = { CALLS_KEEP_DAYS: '0' };

/** The store on this database, as in a separate process. Close it with `closeStore`. */
export async function storeOn({ env }: Pick<TestDatabase, 'env'>) {
  for (const [name, value] of Object.entries({ ...NO_LIVEKIT, ...env })) vi.stubEnv(name, value);
  // Settings are read only once.
  vi.resetModules();
  return import('@/lib/calls/store/store');
}
