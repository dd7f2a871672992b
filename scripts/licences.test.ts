// Packages with an unknown or a copyleft license are reported.
import { expect, it } from 'vitest';
import { isFree, licenceProblems, productionPackages } from '@/scripts/licences';

it('reports no installed package', () => {
  const packages = productionPackages();
  expect(packages.length).toBeGreaterThan(100);
  expect(licenceProblems(packages)).toEqual([]);
});

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['Apache-2.0 AND MIT', true],
  ['Apache-2.0 AND LGPL-3.0-or-later', false],
  ['AGPL-3.0-only', false],
  ['UNLICENSED', false],
  ['', false],
])('%s requires a notice at most: %s', (licence, free) => {
  expect(isFree(licence)).toBe(free);
  const left = licenceProblems([{ name: 'some', version: '1.0.0', licence }]);
  expect(left).toHaveLength(free ? 0 : 1);
});
