// `npm run licences`: writes docs/licences.md, what every package that Callboard runs with is licensed
// under, and fails where that is not known or asks for more than a notice. Tree and licences are the lock
// file's, so that the list is the same on every system; else the package's own word. A test compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { licenceList, licenceProblems, unsaid } from './lib/licence-list.mjs';
import { root } from './lib/paths.mjs';

/** Where the list is, below the root. */
const LIST = 'docs/licences.md';

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
    console.error(`Licences to look at (scripts/lib/licence-list.mjs):\n${problems.join('\n')}`);
    process.exit(1);
  }
  writeFileSync(join(root, LIST), licenceList(packages));
  console.log(`${packages.length} packages, and what each asks for: ${LIST}`);
}
