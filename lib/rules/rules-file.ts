// The rules file on disk: read again whenever it changed, kept in force as it last was right, and
// saved so that neither half a file nor somebody else's edit lost can come of it.
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
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
import { Problem } from '@/lib/core/problem';
import { processSingleton } from '@/lib/core/process-singleton';
import { redact } from '@/lib/core/redact';
import { parseRules, type RulesFault } from './parse-rules';
import type { Rule } from './rule';

// Replaces a file so that whoever reads it meanwhile sees the old text or the new one, never a part.

/** Mode of a file that was not there: its owner's alone. */
const OWNER_ONLY = 0o600;

/**
 * Writes `text` beside the file and moves it into its place; a link stays a link, a mode stays.
 * @throws what the file system says; the file is then as it was.
 */
function replaceFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const there = existsSync(path);
  const target = there ? realpathSync(path) : path;
  const mode = there ? statSync(target).mode & 0o777 : OWNER_ONLY;
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    const file = openSync(temporary, 'w', mode);
    try {
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

/** Largest file in bytes that is read. Our own choice: 200 full rules have less. */
const FILE_MAX_BYTES = 1024 * 1024;
/** Version of a file that is not there. */
const NO_FILE = '"none"';

/** What is known of the file. */
export interface LoadedRules {
  /** The rules in force: the file's, or the last right ones. */
  readonly rules: readonly Rule[];
  /** Version of the file's text, as HTTP's ETag has it. */
  readonly etag: string;
  /** What is wrong in the file now. */
  readonly faults: readonly RulesFault[];
  /** Address of its schema, as the file has it. */
  readonly $schema?: string;
  /** What told that the file is still the same: inode, time and size. */
  readonly stamp: string;
}

const files = processSingleton('rules-files', () => new Map<string, LoadedRules>());

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

/** What a text comes to; the rules so far where it cannot be used. */
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
  const kept = 'The rules that were in force before stay so until it is mended.';
  console.error(redact(`rules: ${path} cannot be used. ${kept}\n  ${lines.join('\n  ')}`));
}

/** The rules of a file; read only when it changed since. Never throws: see `faults`. */
export function readRules(path: string): LoadedRules {
  const known = files().get(path);
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
  files().set(path, loaded);
  if (loaded.faults.length > 0) report(path, loaded);
  return loaded;
}

/**
 * Makes sure that rules made from the version `etag` may take the place of these.
 * @throws {Problem} 412 when they are others by now, 409 when they are broken
 */
export function requireVersion(now: LoadedRules, etag: string, name: string): void {
  if (now.faults.length > 0) {
    const detail = `${name} has a fault that was made by hand. Mend it there first.`;
    throw new Problem('rules-broken', detail);
  }
  if (now.etag !== etag) {
    throw new Problem('changed-elsewhere', 'The rules were changed elsewhere: load them again.');
  }
}

/** The text of rules, as it is kept. */
export const rulesText = ($schema: string, rules: readonly Rule[]): string =>
  `${JSON.stringify({ $schema, rules }, null, 2)}\n`;

/**
 * Replaces the file's rules. All in one go, so that of two savers in this process one comes second.
 * @param etag version that the rules were made from
 * @throws {Problem} 412 when the file is another by now, 409 when it is broken, 500 when the disk
 * does not take it.
 */
export function saveRules(path: string, rules: readonly Rule[], etag: string): LoadedRules {
  const now = readRules(path);
  requireVersion(now, etag, basename(path));
  const $schema = now.$schema ?? relative(dirname(path), resolve('rules.schema.json'));
  try {
    replaceFile(path, rulesText($schema, rules));
  } catch (error) {
    const detail = `${basename(path)} cannot be written (${codeOf(error)}).`;
    throw new Problem('not-saved', detail, {}, {}, { cause: error });
  }
  return readRules(path);
}
