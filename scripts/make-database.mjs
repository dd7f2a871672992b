// Creates an empty database in a new folder: `node scripts/make-database.mjs FOLDER`. It is created under another name
// first, so that an incomplete folder is never used.
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const folder = process.argv[2];
const making = `${folder}.${process.pid}`;
try {
  mkdirSync(dirname(folder), { recursive: true });
  const database = await PGlite.create(making);
  await database.close();
  renameSync(making, folder);
} finally {
  rmSync(making, { recursive: true, force: true });
}
