// The rules file on disk. It is read again when it changes, the last valid rules stay in force, and saving never leaves
// half a file or overwrites another edit.

import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Config } from '@/lib/core/config';
import { logError } from '@/lib/core/log';
import { Problem } from '@/lib/core/problem';
import { parseRules } from './parse-rules';
import type { Rule } from './rule';
import type { LoadedRules, RulesServer } from './server';

// Replaces a file atomically: readers see the old or the new text.

/** Mode of a new file: readable by its owner only. */
const OWNER_ONLY = 0o600;

/**
 * Writes `text` to a temporary file and renames it. Symbolic links and modes are kept.
 * @throws the file system's error; the file is then unchanged.
 */
function replaceFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const there = existsSync(path);
  const target = there ? realpathSync(path) : path;
  const mode = there ? statSync(target).mode & 0o777 : OWNER_ONLY;
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    const file = openSync(temporary, 'w', mode);
    try {
      // The umask has no say in the mode of an existing file.
      fchmodSync(file, mode);
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Largest file in bytes. Our own choice: 200 full rules are smaller. */
const FILE_MAX_BYTES = 1024 * 1024;
/** ETag of a missing file. */
const NO_FILE = '"none"';

/** Path of the rules file. */
export function rulesPath(config: Pick<Config, 'DATA_DIR'>): string {
  return resolve(/* turbopackIgnore: true */ join(config.DATA_DIR, 'rules.json'));
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'an unknown reason';

function stampOf(path: string): string | undefined {
  try {
    const { ino, mtimeNs, size } = statSync(path, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Parses a text; keeps the given rules if it is invalid. */
export function rulesOf(text: string, stamp: string, rules: readonly Rule[]): LoadedRules {
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
  const parsed = parseRules(text);
  if ('faults' in parsed) return { rules, stamp, etag, faults: parsed.faults };
  return { ...parsed, stamp, etag, faults: [] };
}

function load(path: string, stamp: string, rules: readonly Rule[]): LoadedRules {
  if (Number(stamp.split(' ')[2]) > FILE_MAX_BYTES) {
    const detail = `the file may have at most ${FILE_MAX_BYTES} bytes`;
    return { rules, stamp, etag: NO_FILE, faults: [{ detail }] };
  }
  return rulesOf(readFileSync(path, 'utf8'), stamp, rules);
}

function report(path: string, { faults }: LoadedRules): void {
  const lines = faults.map(({ line, pointer, detail }) =>
    [line && `line ${line}`, pointer, detail].filter(Boolean).join(': '),
  );
  const kept = 'The previous rules stay in force until it is fixed.';
  logError(`rules: ${path} is invalid. ${kept} ${lines.join('; ')}`);
}

/** The rules of a file, read again if it changed. Never throws: see `faults`. */
export function readRules(server: RulesServer, path: string): LoadedRules {
  const known = server.rulesFiles.get(path);
  let loaded: LoadedRules;
  let stamp = 'unreadable';
  try {
    stamp = stampOf(path) ?? 'none';
    if (known?.stamp === stamp) return known;
    loaded =
      stamp === 'none'
        ? { rules: [], stamp, etag: NO_FILE, faults: [] }
        : load(path, stamp, known?.rules ?? []);
  } catch (error) {
    stamp = `${stamp} ${codeOf(error)}`;
    if (known?.stamp === stamp) return known;
    const faults = [{ detail: `the file cannot be read (${codeOf(error)})` }];
    loaded = { rules: known?.rules ?? [], stamp, etag: NO_FILE, faults };
  }
  server.rulesFiles.set(path, loaded);
  if (loaded.faults.length > 0) report(path, loaded);
  return loaded;
}

/**
 * Requires that rules made from version `etag` may replace the current ones.
 * @throws {Problem} 412 if they have changed, 409 if the file is invalid
 */
export function requireVersion(now: LoadedRules, etag: string, name: string): void {
  if (now.faults.length > 0) {
    const detail = `${name} has a fault that was made by hand. Fix it in the file first.`;
    throw new Problem('rules-broken', detail);
  }
  if (now.etag !== etag) {
    throw new Problem('changed-elsewhere', 'The rules were changed elsewhere. Reload them.');
  }
}

/** The rules as text. */
export const rulesText = ($schema: string, rules: readonly Rule[]): string =>
  `${JSON.stringify({ $schema, rules }, null, 2)}\n`;

/**
 * Replaces the file's rules. Synchronous, so that concurrent saves in this process are sequential.
 * @param etag version that the rules were made from
 * @throws {Problem} 412 if the file has changed, 409 if it is invalid, 500 if it cannot be written.
 */
export function saveRules(
  server: RulesServer,
  path: string,
  rules: readonly Rule[],
  etag: string,
): LoadedRules {
  const now = readRules(server, path);
  requireVersion(now, etag, basename(path));
  const $schema = now.$schema ?? relative(dirname(path), resolve('rules.schema.json'));
  const text = rulesText($schema, rules);
  try {
    replaceFile(path, text);
  } catch (error) {
    const detail = `${basename(path)} cannot be written (${codeOf(error)}).`;
    throw new Problem('not-saved', detail, {}, {}, { cause: error });
  }
  // An edit may already have broken the file again: then these rules stay in force.
  server.rulesFiles.set(path, rulesOf(text, '', rules));
  return readRules(server, path);
}
