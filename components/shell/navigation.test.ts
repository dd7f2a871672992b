// What each visitor sees in the navigation.
import { expect, it } from 'vitest';
import { ADMIN, entriesFor, isWithin, MAIN } from '@/components/shell/navigation';
import { PERMISSIONS, type Role, roleHasPermission } from '@/lib/auth/permissions';

const FEATURES = ['doctor', 'rules', 'telephony'];
const rightsOf = (role: Role) => PERMISSIONS.filter((right) => roleHasPermission(role, right));
const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);

it.each([
  ['an anonymous visitor', [], ['call'], []],
  ['a caller', rightsOf('caller'), ['call', 'calls'], []],
  [
    'a developer',
    rightsOf('developer'),
    ['call', 'calls', 'agents', 'doctor', 'admin'],
    ['rules', 'telephone'],
  ],
  [
    'an admin',
    rightsOf('admin'),
    ['call', 'calls', 'agents', 'doctor', 'admin'],
    ['people', 'rules', 'telephone', 'keys', 'audit'],
  ],
] as const)('%s', (_, rights, main, admin) => {
  expect(names(entriesFor(MAIN, { rights, features: FEATURES }))).toEqual(main);
  expect(names(entriesFor(ADMIN, { rights, features: FEATURES }))).toEqual(admin);
});

it('does not lead to features that were deleted, nor to Admin if nothing is left there', () => {
  const rights = rightsOf('developer');
  expect(names(entriesFor(MAIN, { rights, features: [] }))).toEqual(['call', 'calls', 'agents']);
});

it.each([
  ['/', '/', true],
  ['/calls', '/', false],
  ['/calls/live', '/calls', true],
  ['/callsign', '/calls', false],
  ['/callers/anna', '/calls', true],
] as const)('%s is within %s: %s', (path, href, within) => {
  expect(isWithin(path, href)).toBe(within);
});
