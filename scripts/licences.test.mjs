// The list of licences is that of the packages there are, and an unknown licence or a copyleft one fails.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './lib/paths.mjs';
import { isFree, licenceList, licenceProblems, productionPackages } from './licences.mjs';

const packages = productionPackages();

it('is written down: npm run licences', () => {
  expect(licenceProblems(packages)).toEqual([]);
  expect(readFileSync(join(root, 'docs/licences.md'), 'utf8')).toBe(licenceList(packages));
});

it('is what the installed packages say themselves', () => {
  const installed = packages.filter(({ said }) => said !== '');
  expect(installed.length).toBeGreaterThan(100);
  const other = installed.filter(({ said, licence }) => said !== licence && !isFree(said));
  expect(other.map(({ name, said }) => `${name}: ${said}`)).toEqual([]);
});

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['Apache-2.0 AND MIT', true],
  ['Apache-2.0 AND LGPL-3.0-or-later', false],
  ['AGPL-3.0-only', false],
  ['UNLICENSED', false],
  ['', false],
])('%s asks for a notice at most: %s', (licence, free) => {
  expect(isFree(licence)).toBe(free);
  const left = licenceProblems([{ name: 'some', version: '1.0.0', licence }]);
  expect(left).toHaveLength(free ? 0 : 1);
});
