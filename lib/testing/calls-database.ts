// PGlite databases for tests: folders copied from one that was made once.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { folderTemplate } from './folder-template';

/** Settings that lead to a database, and what takes it away again. */
export interface TestDatabase {
  readonly env: Readonly<Record<string, string>>;
  /** Its own folder. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** A folder with an empty database in it, as set-up makes it. */
export async function testFolder(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-db-'));
  cpSync(await folderTemplate(), join(folder, 'db'), { recursive: true });
  return {
    folder,
    env: { DATA_DIR: folder, DATABASE_URL: '' },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Settings without which the others cannot be read; nothing is asked of that server. */
export const NO_LIVEKIT = {
  LIVEKIT_URL: 'ws://127.0.0.1:9',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'a-secret-of-thirty-two-characters',
};

/** Keeps calls of whatever age: those of tests have times of their own. */
export const KEEPS_ALL = { CALLS_KEEP_DAYS: '0' };

/** The store on this database, as a process of its own would have it. Closed by `closeStore`. */
export async function storeOn({ env }: Pick<TestDatabase, 'env'>) {
  for (const [name, value] of Object.entries({ ...NO_LIVEKIT, ...env })) vi.stubEnv(name, value);
  // The settings are read once.
  vi.resetModules();
  return import('@/lib/calls/store/store');
}
