// The API key and secret of this clone's LiveKit server: generated once, never a published default, never overwritten,
// readable by their owner only.
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from './paths.mjs';

/** Bytes of the secret: 256 bits, the strength of its HS256 signatures. */
const SECRET_BYTES = 32;

/**
 * The local keys, created on first use.
 * @returns {{key: string, secret: string}}
 * @throws Error if `keys.json` exists but cannot be read: it is never replaced
 */
export function localKeys(env) {
  const dir = dataDir(env);
  const file = join(dir, 'keys.json');
  mkdirSync(dir, { recursive: true });
  const keys = {
    key: `API${randomBytes(9).toString('hex')}`,
    secret: randomBytes(SECRET_BYTES).toString('base64url'),
  };
  // Written to a temporary file and linked: the file appears complete, and of two concurrent starts one wins.
  const aside = `${file}.${process.pid}`;
  try {
    writeFileSync(aside, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
    linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  return read(file);
}

function read(file) {
  try {
    const { key, secret } = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof key === 'string' && typeof secret === 'string') return { key, secret };
  } catch {}
  throw new Error(
    `${file} does not contain a key and a secret. Delete it and start again to create new ones.`,
  );
}
