// `npm run faults:table`: writes the README's table of faults from what the last test runs left in
// test-results (`CI=true npm test`, and `npm run test:faults`).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserResults, tableOf, vitestResults, withTable } from '../faults/table.mjs';
import { root } from './lib/paths.mjs';

const read = (file) => {
  const path = join(root, 'test-results', file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
};
const results = [
  ...vitestResults(read('unit.json'), root),
  ...vitestResults(read('faults.json'), root),
  ...browserResults(read('e2e.json')),
];
const readme = join(root, 'README.md');
writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), tableOf(results)));
