// PGlite databases for tests: copies of a folder that is created once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyTemplate } from '@/lib/testing/folder-template';
import { NO_LIVEKIT, newServer } from '@/lib/testing/server';

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
  await copyTemplate(folder);
  return {
    folder,
    env: { DATA_DIR: folder, DATABASE_URL: '' },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export { NO_LIVEKIT } from '@/lib/testing/server';

/** The store on this database, as in a new process. End it with `endServer`. */
export async function storeOn({ env }: Pick<TestDatabase, 'env'>) {
  await newServer({ ...NO_LIVEKIT, ...env });
  return import('@/lib/calls/store/store');
}
