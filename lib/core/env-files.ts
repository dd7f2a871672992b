// `.env` and the files beside it, read in one way by all processes: as Docker Compose and shells read them. Next's own
// reader expands `$` in single quotes too, and ends a value at every `#`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSecret } from '@/lib/core/redact';

type Env = Readonly<Record<string, string | undefined>>;

/** A file with settings. */
export interface EnvFile {
  readonly name: string;
  readonly text: string;
}

/** One line of a file, or several if its value is in quotes. */
interface Entry {
  readonly name: string;
  /** As it is written, without quotes and comment. */
  readonly written: string;
  /** The quotes around it; empty if there are none. */
  readonly quotes: string;
  /** Whether what was taken for a comment does not look like one: `#` without a space behind it. */
  readonly cut?: boolean;
}

/** Programs of Windows may write UTF-16, with a mark at its beginning: `>` of its PowerShell does. */
function decoded(bytes: Buffer): string {
  const mark = bytes.toString('hex', 0, 2);
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** The files of a folder, the one that takes precedence first, as with Next. */
export function readEnvFiles(folder: string, mode: string): EnvFile[] {
  const local = mode === 'test' ? [] : ['.env.local'];
  return [`.env.${mode}.local`, ...local, `.env.${mode}`, '.env'].flatMap((name) => {
    try {
      return [
        { name, text: decoded(readFileSync(join(/* turbopackIgnore: true */ folder, name))) },
      ];
    } catch (error) {
      // A folder of that name is Python's.
      if (['ENOENT', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
      throw error;
    }
  });
}

/** Name, and value in single quotes, double quotes or backticks, or up to the end of the line. */
const ENTRY =
  /^[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)[^\S\n]*(?:=|:(?=[^\S\n]))(?:[^\S\n]*(?:'([^']*)'|"((?:\\"|[^"])*)"|`([^`]*)`)[^\S\n]*(?:#.*)?$|(.*)$)/gm;

/** Without a comment, which begins after white space: `a#b` is a value, `a #b` is the value `a`. */
function unquoted(name: string, rest = ''): Entry {
  const at = rest.search(/\s#/);
  const written = (at < 0 ? rest : rest.slice(0, at)).trim();
  return { name, written, quotes: '', cut: /^\s#\S/.test(rest.slice(at)) };
}

function entriesOf(text: string): Entry[] {
  const lines = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  return [...lines.matchAll(ENTRY)].map(([, name = '', single, double, back, rest]) => {
    if (single !== undefined) return { name, written: single, quotes: "'" };
    if (back !== undefined) return { name, written: back, quotes: '`' };
    if (double === undefined) return unquoted(name, rest);
    const written = double.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\"', '"');
    return { name, written, quotes: '"' };
  });
}

/** `\$`, `${NAME}`, `${NAME:-default}` or `$NAME`. */
const REFERENCE = /\\\$|\$\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|\$([A-Za-z_]\w*)/g;

/** The entry that applies of each name. */
function winners(files: readonly EnvFile[]): Map<string, Entry & { readonly file: string }> {
  const all = [...files]
    .reverse()
    .flatMap(({ name: file, text }) => entriesOf(text).map((entry) => ({ ...entry, file })));
  return new Map(all.map((entry) => [entry.name, entry]));
}

/** The settings in these files that the environment does not have, with variables expanded except in single quotes. */
export function envFileValues(files: readonly EnvFile[], env: Env): Record<string, string> {
  const entries = winners(files);
  const values: Record<string, string> = {};
  const open = new Set<string>();
  function lookUp(name: string): string | undefined {
    if (env[name] !== undefined) return env[name];
    const entry = entries.get(name);
    if (!entry || open.has(name)) return undefined;
    if (entry.quotes === "'") return entry.written;
    open.add(name);
    const value = entry.written.replaceAll(REFERENCE, (text, braced, usual, bare) =>
      text === '\\$' ? '$' : lookUp(braced ?? bare) || usual || '',
    );
    open.delete(name);
    return value;
  }
  for (const name of entries.keys()) {
    if (env[name] === undefined) values[name] = lookUp(name) ?? '';
  }
  return values;
}

/** A setting whose value is probably not what its author meant. */
export interface EnvFault {
  readonly file: string;
  readonly name: string;
  /**
   * `$`: a variable was expanded. `#`: the rest was taken for a comment. `quotes`: the quotation mark at the beginning is part
   * of the value, because it is not closed at the end or is a typographic one.
   */
  readonly kind: '$' | '#' | 'quotes';
}

/** The faults in these files: names, never values. @param env of a process that has read the files, or not yet */
export function envFileFaults(files: readonly EnvFile[], env: Env): EnvFault[] {
  const entries = winners(files);
  const isSet = (name: string) => Boolean(env[name] || entries.get(name)?.written);
  return [...entries.values()].flatMap(({ name, file, written, quotes, cut }): EnvFault[] => {
    // The environment says the same, and takes precedence.
    if (env[name] === written) return [];
    if (quotes === '' && /^['"`“”„‘’]/.test(written)) return [{ file, name, kind: 'quotes' }];
    if (quotes === "'") return [];
    // Other settings often have a comment.
    if (cut && isSecret(name)) return [{ file, name, kind: '#' }];
    const lost = [...written.matchAll(REFERENCE)].some(([, braced, usual, bare]) => {
      // In a password, `$word` is hardly ever a variable.
      if (bare) return isSecret(name) || !isSet(bare);
      return braced && usual === undefined && !isSet(braced);
    });
    return lost ? [{ file, name, kind: '$' }] : [];
  });
}
