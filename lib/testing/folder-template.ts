// The PGlite database that tests copy. Vitest creates it before the first test (`globalSetup`), so that it is not
// created twice at the same time.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * An empty database with the schema, created once for all tests, because that takes seconds and 840 MB of memory. Its
 * name changes with the migrations.
 */
async function folderTemplate(): Promise<string> {
  const journal = readFileSync('lib/db/migrations/meta/_journal.json');
  const version = createHash('sha256').update(journal).digest('hex').slice(0, 12);
  const folder = resolve(`.callboard/test/db-template-${version}`);
  if (existsSync(folder)) return folder;
  const { makeFolder } = await import('@/lib/db/pglite');
  const { openFolder } = await import('@/lib/db/open-folder');
  const making = `${folder}.${process.pid}`;
  await makeFolder(making);
  await (await openFolder(making)).close();
  try {
    renameSync(making, folder);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error;
    rmSync(making, { recursive: true });
  }
  return folder;
}

const kept = globalThis as typeof globalThis & { [key: symbol]: unknown };
const COMPILED = Symbol.for('callboard.test.pglite');

/** Keeps PGlite compiled, so that threads use it. V8 would forget it with each of them, and compiling is half of a start. */
function keepCompiled(): void {
  const file = 'node_modules/@electric-sql/pglite/dist/pglite.wasm';
  kept[COMPILED] ??= WebAssembly.compile(readFileSync(file));
}

/** Puts an empty database into a data folder, as set-up creates it. */
export async function copyTemplate(data: string): Promise<void> {
  keepCompiled();
  cpSync(await folderTemplate(), join(data, 'db'), { recursive: true });
}

export default async function setup(): Promise<void> {
  await folderTemplate();
}
